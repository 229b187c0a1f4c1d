"""The ways to write a link or a tag, one file each: text in, pieces out. What is a link is said here and nowhere else.

- `wikilink`: `[[note]]`, `![[note]]`
- `markdown_link`: `[text](note.md)`, `![alt](image.png)`
- `reference`: `[text][label]` with `[label]: note.md`
- `property_link`: a link as the value of a property
- `uri`: `obsidian://open?file=note`
- `html`: `<a href="note.md">`, `<img src="image.png">`
- `tag`: `#tag`
- `math`: where `$...$` ends, inside which nothing is any of these
"""
