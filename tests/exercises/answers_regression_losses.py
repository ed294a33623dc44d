"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

NEAR_MISSES: dict = {}

RIGHT: dict = {}

HARMLESS: dict = {
    "huber": {
        # the loss of −r is that of r, and no loss is negative
        "r without its sign",
        "without its sign",
        "clipped to 0 … inf",
        # delta is above 0
        "delta without its sign",
        "delta with 0 for negative",
        "delta with 1e-7 for 0",
        # the loss of 1e-7 is 5e-15: no comparison of floats tells it from 0
        "r with 1e-7 for 0",
    },
    "mae_gradient": {  # each slope is 1/N, 0 or −1/N
        "clipped to -1 … 1",
        "clipped to -10 … 10",
        "clipped to -100 … 100",
    },
}
