"""A review in, the same as pages in a browser on this machine out: what is clicked there goes back to the review.

    Review                        what the pages show and do, handed in by the command line
    serving.serve(review, ...)    until somebody is done

This room reads no vault and writes none: it knows suggestions by their place in a list, and never a path by its name.
"""

from vaultprune.web.shown import Counts, Heading, PlanPart, PlanShown, Review, Shown, Told

__all__ = ["Counts", "Heading", "PlanPart", "PlanShown", "Review", "Shown", "Told"]
