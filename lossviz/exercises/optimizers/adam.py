"""The exercises on Adam: how long its first step is without correction, and a whole step of it."""

import numpy as np

from ..engine import Choice, Exercise, Misconception, quietly
from .cases import uneven


def _adam_step(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def _bracket(beta, t):
    return 1 - beta**t


def _one(beta, t):
    return 1.0


def _mean(beta, old, new):
    return beta * old + (1 - beta) * new


def _sum(beta, old, new):
    return beta * old + new


def _divided(m, v, epsilon):
    return m / (np.sqrt(v) + epsilon)


def _adam(correct=_bracket, correct_v=None, divide=_divided, square=np.square, mean=_mean, mean_v=None, kept="raw"):
    """Put together an answer of which a part may be wrong."""
    correct_v, mean_v = correct_v or correct, mean_v or mean

    @quietly
    def answer(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        m, v = mean(beta1, m, gradient), mean_v(beta2, v, square(gradient))
        m_hat, v_hat = m / correct(beta1, t), v / correct_v(beta2, t)
        w = w - learning_rate * divide(m_hat, v_hat, epsilon)
        return (w, m_hat, v_hat) if kept == "corrected" else (w, m, v)

    return answer


def _given(change):
    """Return the right answer to other arguments."""

    def answer(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        return _adam_step(w, gradient, m, v, t, *change(learning_rate, beta1, beta2, epsilon))

    return quietly(answer)


def _parts(new):
    """Return an answer with the right m and v, and another w: `new` makes it of all arguments."""

    def answer(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        _, new_m, new_v = _adam_step(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon)
        m_hat, v_hat = new_m / (1 - beta1**t), new_v / (1 - beta2**t)
        return new(w, gradient, m, m_hat, v_hat, t, learning_rate, beta1, beta2, epsilon), new_m, new_v

    return quietly(answer)


def _one_bracket(w, gradient, m, m_hat, v_hat, t, rate, beta1, beta2, epsilon):
    """Correct v with the bracket of β₁."""
    v_hat = v_hat * (1 - beta2**t) / (1 - beta1**t)
    return w - rate * m_hat / (np.sqrt(v_hat) + epsilon)


def _correction_in_rate(w, gradient, m, m_hat, v_hat, t, rate, beta1, beta2, epsilon):
    return w - rate * m_hat * np.sqrt(1 - beta2**t) / (np.sqrt(v_hat * (1 - beta2**t)) + epsilon)


def _one_beta(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    return _adam_step(w, gradient, m, v, t, learning_rate, beta1, beta1, epsilon)


def _beta1_in_both_means(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m, v = _mean(beta1, m, gradient), _mean(beta1, v, gradient**2)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def _case(w, gradient, m, v, *numbers):
    return *map(np.array, (w, gradient, m, v)), *numbers


adam_step = Exercise(
    reference=_adam_step,
    results=("w", "m", "v"),
    cases=[
        _case([1.0, -2.0], [0.5, -3.0], [0.0, 0.0], [0.0, 0.0], 1, 0.1, 0.9, 0.99, 0.01),
        _case([0.3, 4.0], [2.0, 0.4], [0.2, -1.0], [0.5, 2.0], 3, 12.5, 0.8, 0.9, 0.1),
        _case(uneven(4, 13), uneven(5, 13), uneven(6, 13), np.abs(uneven(7, 13)), 25, 0.0371, 0.85, 0.97, 0.0037),
        _case([0.002], [-0.004], [0.013], [0.0], 2, 0.3, 0.6, 0.999, 1e-8),
        _case([3, -1, 0, 5], [160, -2, 0, 1], [1, 1, 1, 1], [0, 1, 2, 3], 1200, 0.001, 0.9, 0.999, 12.5),
        _case([0.01, 250.5], [0.003, -7.0], [90.0, 0.4], [0.012, 50.0], 4, 1.7, 0.0, 0.015, 0.3),
        _case([0.0, 2.0], [0.003, -7.0], [-90.0, 0.4], [60.0, 0.5], 2, 0.02, 0.015, 0.0, 1.5),
    ],
    misconceptions=[
        Misconception(
            "no bias correction",
            _adam(correct=_one),
            "m and v began at 0, so in the first steps they are too small. Divide them by 1 − β₁ᵗ and 1 − β₂ᵗ.",
        ),
        Misconception(
            "m alone corrected",
            _adam(correct_v=_one),
            "You corrected m but not v, which also began at 0: divide it by 1 − β₂ᵗ.",
        ),
        Misconception(
            "v alone corrected",
            _adam(correct=_one, correct_v=_bracket),
            "You corrected v but not m, which also began at 0: divide it by 1 − β₁ᵗ.",
        ),
        Misconception(
            "no 1 − β",
            (_adam(mean=_sum), _adam(mean=_sum, mean_v=_mean), _adam(mean=_mean, mean_v=_sum)),
            "What is new comes in whole in your m or v, as in momentum. Adam keeps running *means*: the new part has "
            "the share 1 − β, the old one β.",
        ),
        Misconception(
            "old and new exchanged",
            (
                _adam(mean=lambda beta, old, new: (1 - beta) * old + beta * new),
                _adam(mean=lambda beta, old, new: (1 - beta) * old + beta * new, mean_v=_mean),
                _adam(mean=_mean, mean_v=lambda beta, old, new: (1 - beta) * old + beta * new),
            ),
            "The shares of a running mean are exchanged: β, nearly 1, belongs to the old value, and 1 − β to the new "
            "one.",
        ),
        Misconception(
            "numbers in place of arguments",
            (
                _given(lambda rate, beta1, beta2, epsilon: (rate, beta1, beta2, 1e-8)),
                _given(lambda rate, beta1, beta2, epsilon: (rate, beta1, beta2, 1e-7)),
                _given(lambda rate, beta1, beta2, epsilon: (rate, beta1, beta2, 1e-10)),
                _given(lambda rate, beta1, beta2, epsilon: (rate, 0.9, 0.999, epsilon)),
                _given(lambda rate, beta1, beta2, epsilon: (rate, 0.9, 0.999, 1e-8)),
                _given(lambda rate, beta1, beta2, epsilon: (0.1, 0.9, 0.999, 1e-8)),
                _given(lambda rate, beta1, beta2, epsilon: (0.1, 0.9, 0.999, epsilon)),
                _given(lambda rate, beta1, beta2, epsilon: (0.001, 0.9, 0.999, 1e-8)),
            ),
            "Some numbers stand fixed in your function, such as the usual βs or an ε of 1e-8. It is given `beta1`, "
            "`beta2`, `epsilon` and `learning_rate`: use these.",
        ),
        Misconception(
            "no ε",
            _adam(divide=lambda m, v, epsilon: m / np.sqrt(v)),
            "ε is missing in the denominator. It is tiny in practice, but without it a weight whose gradient is always "
            "0 becomes 0/0.",
        ),
        Misconception(
            "ε inside the root",
            (
                _adam(divide=lambda m, v, epsilon: m / np.sqrt(v + epsilon)),
                _adam(divide=lambda m, v, epsilon: m / np.sqrt(v + epsilon**2)),
            ),
            "ε is under your root. It is added after the root: √v̂ + ε. (Some libraries do it your way; then ε means "
            "something else.)",
        ),
        Misconception(
            "ε beside the fraction",
            _parts(lambda w, g, m, m_hat, v_hat, t, rate, b1, b2, epsilon: w - rate * m_hat / np.sqrt(v_hat) + epsilon),
            "ε is added to the whole, not to the denominator: Python divides before it adds. Put brackets around what "
            "stands below the bar.",
        ),
        Misconception(
            "the larger of two",
            _adam(divide=lambda m, v, epsilon: m / np.maximum(np.sqrt(v), epsilon)),
            "You took the larger of √v̂ and ε. That also avoids a division by 0, but the formula adds them.",
        ),
        Misconception(
            "correction in η",
            _parts(_correction_in_rate),
            "You moved both corrections into η. Then ε meets the uncorrected √v, and counts for more. Correct m and v "
            "first, and add ε to √v̂.",
        ),
        Misconception(
            "β swapped",
            _given(lambda rate, beta1, beta2, epsilon: (rate, beta2, beta1, epsilon)),
            "β₁ belongs to the gradients, β₂ to their squares. You exchanged them.",
        ),
        Misconception(
            "β₁ for both",
            (_one_beta, _beta1_in_both_means, _parts(_one_bracket)),
            "β₁ stands where β₂ should: v has a β of its own, in its mean and in its bracket.",
        ),
        Misconception(
            "not to the power of t",
            _adam(correct=lambda beta, t: 1 - beta),
            "You divided by 1 − β at every step. The correction fades: 1 − βᵗ, with the step's number t as exponent.",
        ),
        Misconception(
            "power of the bracket",
            _adam(correct=lambda beta, t: (1 - beta) ** t),
            "The exponent t belongs to β alone: 1 − βᵗ tends to 1, while (1 − β)ᵗ tends to 0.",
        ),
        Misconception(
            "β times t",
            (
                _adam(correct=lambda beta, t: 1 - beta * t),
                _adam(correct=lambda beta, t: 1 - beta * t, divide=lambda m, v, e: m / (np.sqrt(np.abs(v)) + e)),
            ),
            "You multiplied β by t. It is a power: β is multiplied by itself, once for each step, `beta1**t`.",
        ),
        Misconception(
            "another step",
            (_adam(correct=lambda beta, t: 1 - beta ** (t + 1)), _adam(correct=lambda beta, t: 1 - beta ** (t - 1))),
            "t is the number of this step, and begins at 1: you took the one before it or the next one.",
        ),
        Misconception(
            "no root",
            _adam(divide=lambda m, v, epsilon: m / (v + epsilon)),
            "You divided by v̂, which is in the squared unit of the gradient. Take its root.",
        ),
        Misconception(
            "not squared",
            (_adam(square=np.abs), _adam(square=lambda g: g)),
            "v is the running mean of the *squared* gradients. You averaged the gradients themselves, or their sizes. "
            "(A negative v would have no root.)",
        ),
        Misconception(
            "gradient in place of m̂",
            _parts(lambda w, g, m, m_hat, v_hat, t, rate, b1, b2, e: w - rate * g / (np.sqrt(v_hat) + e)),
            "You stepped along this gradient alone. Adam steps along m̂, the mean of all gradients so far. (At the "
            "first step both are equal.)",
        ),
        Misconception(
            "old m",
            _parts(lambda w, g, m, m_hat, v_hat, t, rate, b1, b2, e: w - rate * m / (1 - b1**t) / (np.sqrt(v_hat) + e)),
            "Your step uses the old m, from before this gradient. Correct the new m, and step along it.",
        ),
        Misconception(
            "one v for all",
            (_adam(square=lambda g: np.mean(g**2)), _adam(square=lambda g: np.sum(g**2))),
            "You put the squares of all weights together. Each weight has a v of its own: that is what gives it a step "
            "of its own.",
        ),
        Misconception(
            "no learning rate",
            _given(lambda rate, beta1, beta2, epsilon: (1.0, beta1, beta2, epsilon)),
            "η is missing: multiply m̂/(√v̂ + ε) by the learning rate.",
        ),
        Misconception(
            "uphill",
            _given(lambda rate, beta1, beta2, epsilon: (-rate, beta1, beta2, epsilon)),
            "m̂ is made of gradients, and they point uphill: subtract.",
        ),
        Misconception(
            "m and v exchanged",
            lambda *given: (_adam_step(*given)[0], *_adam_step(*given)[:0:-1]),
            "All three are right, but v comes before m. Return them as w, m, v.",
        ),
        Misconception(
            "corrected ones kept",
            _adam(kept="corrected"),
            "You returned the corrected m̂ and v̂. The next step must start from the uncorrected m and v: it makes its "
            "own correction.",
        ),
    ],
    notice="In the first step m̂ is the gradient and √v̂ its size. So each number whose gradient is not 0 moves by "
    "nearly η, if ε is small beside it. Momentum and scaling have an effect only from the second step on.",
)

longer = Choice(
    options=["about a third as long", "as long", "about three times as long", "ten times as long"],
    answer="about three times as long",
    misconceptions=[
        Misconception(
            "m alone",
            "about a third as long",
            "m is a tenth of the gradient: that shortens the step. But √v is too small as well, and we divide m by it, "
            "not the other way round.",
        ),
        Misconception(
            "both cancel",
            "as long",
            "They cancel only if both are too small by the same factor. m is g times 0.1, but √v is |g| times √0.001.",
        ),
        Misconception(
            "β₁ alone",
            "ten times as long",
            "Without its correction m is a tenth of the gradient: that alone makes the step shorter. What does √v do?",
        ),
    ],
    notice="0.1 / √0.001 ≈ 3.2. At first both means are too small, and √v, the divisor, more than m. The correction "
    "repairs that. After some thousand steps hardly anything is left to repair.",
)
