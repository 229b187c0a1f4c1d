"""A vault and a time of the week in, an entry of the user's own scheduler out; and a log of what its runs did.

`job` has the values. `systemd`, `launchd`, `windows` and `cron` are each one way to tell a scheduler of a job: its
files and the programs to be called, as values. `door` writes such files, `programs` calls such programs, and nothing
else does. `log` is what the weekly runs did, `places` where all that lies. Nothing here asks the clock or the terminal.
"""
