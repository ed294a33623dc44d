"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

NEAR_MISSES: dict = {}

RIGHT: dict = {}

HARMLESS: dict = {
    "mean": {  # the order of the values does not change their sum
        "the examples sorted",
        "values sorted",
    }
}
