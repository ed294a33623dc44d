"""Ask independent libraries for values, gradients and trajectories, and write down their answers.

    python tools/oracle     rewrites tests/library/oracle.json, which test_oracle.py beside it
                            compares lossviz with

Needs torch, scipy, scikit-learn and POT, which the project itself does not need (mpmath comes with torch):
`pip install torch scikit-learn POT`. It does not import lossviz: the two must not share a mistake. Running it twice on
one machine gives the same bytes; on another, the last digit of a few records may differ. It takes about a minute.

How a record comes to be
    Each function is written here twice: with a library's own loss, whose gradient is torch.autograd's, and as its
    definition, in plain loops over numbers of 100 digits, whose slopes are measured by tiny central differences. Where
    a further library has the function, its value is asked too. A record is written only if all of them agree to 11
    digits. It names the library that answered (`by`; only "torch" if no library has the loss and its formula was
    written in tensors) and those that agreed (`also`).
    Where the library fails (it clamps a logarithm, drops what is small, or answers NaN), the record has the result of
    the definition. Where differences cannot measure the slope, because it is infinite, or because 0 / 0 is 1 by
    convention, the slope is written by hand as "closed form". Numbers are rounded to 14 digits, far more than are
    compared: the last digits depend on the processor.

Where things are
    One module for each family, with its name in lossviz; its function `record` asks about the family in the table's
    order. They ask with `asking`, about the batches of `inputs`; `definitions` has the numbers of 100 digits and the
    arithmetic that the definitions share; `table` keeps the answers.
"""
