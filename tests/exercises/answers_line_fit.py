"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

NEAR_MISSES: dict = {}

RIGHT: dict = {}

HARMLESS: dict = {
    "mean_squared_error": {  # a mean of squares is not negative, and the order of the points does not matter
        "without its sign",
        "clipped to 0 … inf",
        "the examples sorted",
    },
    "slope": {  # what is added to all x or all y is subtracted with the mean; the order does not matter
        "x plus 1e-7",
        "y plus 1e-7",
        "the examples sorted",
    },
}
