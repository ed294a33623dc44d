"""Numbers as figures and readouts write them: with a real minus sign, and short enough to read."""


def minus(value: float, digits: int = 2) -> str:
    """Write a number with so many decimals, a space between thousands, and 0 without a sign.

    Examples
    --------
    >>> minus(-1234.5, 1), minus(-0.001, 2)
    ('−1 234.5', '0.00')
    """
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−").replace(",", " ")


def plain(value: float, digits: int = 2) -> str:
    """Write a number with at most so many decimals, without needless zeros.

    Examples
    --------
    >>> plain(2.9000000000000004), plain(-3.9), plain(-0.0)
    ('2.9', '−3.9', '0')
    """
    text = minus(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(value: float, digits: int = 3) -> str:
    """Write a number of any size in a few digits.

    Examples
    --------
    >>> short(0.25), short(-1.5), short(1.23456e-8)
    ('0.25', '−1.5', '1.23e−8')
    """
    head, e, power = f"{value + 0.0:.{digits}g}".partition("e")
    return (head + (f"e{int(power)}" if e else "")).replace("-", "−")
