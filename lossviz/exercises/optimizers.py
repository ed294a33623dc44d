"""The exercises and predictions of lesson 09."""

import numpy as np

from .engine import Choice, Exercise, Misconception, Number, Prediction

# ---------------------------------------------------------------------- one step of gradient descent


def _gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


gradient_step = Exercise(
    reference=_gradient_step,
    cases=[
        (np.array([2.0, -1.0]), np.array([4.0, -3.0]), 0.1),
        (np.array([0.5, 1.5, -2.0]), np.array([-2.0, 0.0, 5.0]), 0.02),
    ],
    misconceptions=[
        Misconception(
            "uphill",
            lambda w, gradient, learning_rate: w + learning_rate * gradient,
            "The gradient points uphill. You followed it; go against it.",
        ),
        Misconception(
            "no learning rate",
            lambda w, gradient, learning_rate: w - gradient,
            "You used the whole gradient as the step. The learning rate is missing: multiply by η.",
        ),
        Misconception(
            "the step alone",
            lambda w, gradient, learning_rate: -learning_rate * gradient,
            "That is the step. We ask for the place where it ends: start at w.",
        ),
        Misconception(
            "divided",
            lambda w, gradient, learning_rate: w - gradient / learning_rate,
            "You divided by η: a small learning rate would make long steps. Multiply.",
        ),
        Misconception(
            "direction only",
            lambda w, gradient, learning_rate: w - learning_rate * np.sign(gradient),
            "You kept the sign of each slope and ignored its size. That is another method (sign descent): gradient "
            "descent takes long steps where it is steep.",
        ),
        Misconception(
            "of unit length",
            lambda w, gradient, learning_rate: w - learning_rate * gradient / np.linalg.norm(gradient),
            "You gave the gradient the length 1 first. Gradient descent does not do that: its steps shrink by "
            "themselves where the ground gets flat.",
        ),
        Misconception(
            "w shrunk",
            lambda w, gradient, learning_rate: w - learning_rate * w * gradient,
            "You multiplied the gradient by w. Subtract the gradient itself, times η.",
        ),
    ],
    notice="The step is as long as η times the slope. So the same η makes small steps on a flat landscape and far too "
    "large ones on a steep landscape: the right η depends on the landscape.",
)


def _largest_rate(curvatures):
    return 2 / np.max(curvatures)


largest_rate = Exercise(
    reference=_largest_rate,
    cases=[(np.array([1.0, 10.0]),), (np.array([3.0, 0.5, 8.0, 2.0]),)],
    misconceptions=[
        Misconception(
            "flattest",
            lambda curvatures: 2 / np.min(curvatures),
            "You took the smallest curvature. With that η the steepest direction diverges, and the whole run with it.",
        ),
        Misconception(
            "one over",
            lambda curvatures: 1 / np.max(curvatures),
            "1/L is where one step reaches the bottom. Beyond it the steps overshoot, but they still shrink, up to "
            "twice that.",
        ),
        Misconception(
            "mean",
            lambda curvatures: 2 / np.mean(curvatures),
            "You took the mean of the curvatures. Each direction has its own limit: the strictest limit counts.",
        ),
        Misconception(
            "sum",
            lambda curvatures: 2 / np.sum(curvatures),
            "You added the curvatures. That is safe, but not the limit: each direction has its own, 2 over its "
            "curvature.",
        ),
        Misconception(
            "each",
            lambda curvatures: 2 / curvatures,
            "Those are the limits of all directions. One η serves them all: which of the limits must it keep?",
        ),
        Misconception(
            "both ends",
            lambda curvatures: 2 / (np.min(curvatures) + np.max(curvatures)),
            "That is the η with which the steepest and the flattest direction shrink equally fast: the best η, not "
            "the largest.",
        ),
        Misconception(
            "half of it",
            lambda curvatures: np.max(curvatures) / 2,
            "Upside down: the steeper the valley, the smaller η must be.",
        ),
    ],
    notice="The steepest direction limits η, and the flattest one decides how long it takes. The ratio of their "
    "curvatures, the condition number, says how hard a valley is.",
)

updates = Number(
    answer=14,
    misconceptions=[
        Misconception("rounded down", 13, "13 batches of 32 are 416 examples. The remaining 26 count too."),
        Misconception("the batch size", 32, "That is how many examples a batch holds. How many batches are there?"),
        Misconception("one each", 442, "That is the number with one example at a time."),
        Misconception("one", 1, "That is the number with all examples in one batch."),
        Misconception("not whole", 442 / 32, "Not whole: the last batch is smaller, but it is a batch."),
    ],
    notice="13 full batches and one of 26. The number of examples seen is the same for every batch size; the number of "
    "steps is not.",
    tolerance=0.01,
    unit="updates",
)

# ---------------------------------------------------------------------- momentum


def _momentum_step(w, v, gradient, learning_rate, beta):
    v = beta * v + gradient
    return w - learning_rate * v, v


def _with(velocity, step):
    """Put together an answer of which a part may be wrong."""

    def answer(w, v, gradient, learning_rate, beta):
        new = velocity(v, gradient, beta)
        return step(w, v, new, gradient, learning_rate)

    return answer


def _right_velocity(v, gradient, beta):
    return beta * v + gradient


momentum_step = Exercise(
    reference=_momentum_step,
    cases=[
        (np.array([1.0, -2.0]), np.array([0.5, 3.0]), np.array([2.0, -1.0]), 0.1, 0.8),
        (np.array([0.0, 4.0]), np.array([0.0, -1.0]), np.array([1.0, 2.5]), 0.02, 0.9),
    ],
    misconceptions=[
        Misconception(
            "uphill",
            _with(_right_velocity, lambda w, old, new, g, rate: (w + rate * new, new)),
            "The velocity is made of gradients, and they point uphill: subtract it.",
        ),
        Misconception(
            "velocity not kept",
            _with(_right_velocity, lambda w, old, new, g, rate: (w - rate * new, old)),
            "The step is right, but you returned the old velocity. The next step would know nothing about this "
            "gradient.",
        ),
        Misconception(
            "gradient alone",
            _with(_right_velocity, lambda w, old, new, g, rate: (w - rate * g, new)),
            "You updated the velocity, and then stepped along the gradient alone. Step along the velocity.",
        ),
        Misconception(
            "old velocity",
            _with(_right_velocity, lambda w, old, new, g, rate: (w - rate * old, new)),
            "You stepped along the old velocity. First update it, then step.",
        ),
        Misconception(
            "mean",
            _with(lambda v, g, beta: beta * v + (1 - beta) * g, lambda w, old, new, g, rate: (w - rate * new, new)),
            "You took a running mean, with (1 − β) before the gradient. Adam does that; here you add the whole "
            "gradient, and the velocity may grow to 1/(1 − β) times the gradient.",
        ),
        Misconception(
            "β at the gradient",
            _with(lambda v, g, beta: v + beta * g, lambda w, old, new, g, rate: (w - rate * new, new)),
            "β belongs to the velocity: it says how much of it remains. You put it before the gradient.",
        ),
        Misconception(
            "falling",
            _with(lambda v, g, beta: beta * v - g, lambda w, old, new, g, rate: (w - rate * new, new)),
            "You used two minus signs: in the velocity and in the step. One of them is enough.",
        ),
        Misconception(
            "nothing forgotten",
            _with(lambda v, g, beta: v + g, lambda w, old, new, g, rate: (w - rate * new, new)),
            "Without β nothing is ever forgotten, and the ball never comes to rest: there is no friction.",
        ),
        Misconception(
            "no learning rate",
            _with(_right_velocity, lambda w, old, new, g, rate: (w - new, new)),
            "You used the whole velocity as the step. The learning rate is missing: multiply by η.",
        ),
        Misconception(
            "velocity downhill",
            _with(lambda v, g, beta: beta * v - g, lambda w, old, new, g, rate: (w + rate * new, new)),
            "You let the velocity point downhill and added it. This is possible; but the v that you are given is made "
            "of gradients: add the gradient to it, and subtract in the step.",
        ),
        Misconception(
            "the other notation",
            lambda w, v, gradient, learning_rate, beta: (
                w + beta * v - learning_rate * gradient,
                beta * v - learning_rate * gradient,
            ),
            "That is the other notation, with η inside the velocity. The v that you are given is made of whole "
            "gradients: multiply by η in the step.",
        ),
        Misconception(
            "η in the velocity",
            lambda w, v, gradient, learning_rate, beta: (
                w - beta * v - learning_rate * gradient,
                beta * v + learning_rate * gradient,
            ),
            "You put η into the velocity. The v that you are given is made of whole gradients: multiply by η in the "
            "step.",
        ),
        Misconception(
            "order",
            lambda *given: _momentum_step(*given)[::-1],
            "Both are right, but in the wrong order: first w, then v.",
        ),
        Misconception(
            "w alone",
            lambda w, v, gradient, learning_rate, beta: w - learning_rate * (beta * v + gradient),
            "The new w is right. Return the new velocity with it: `return w, v`.",
        ),
    ],
    notice="There is one more array to remember, as large as w. Where the gradients agree, the velocity grows; where "
    "they point back and forth, they cancel.",
)

# ---------------------------------------------------------------------- Adam


def _adam_step(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def _bracket(beta, t):
    return 1 - beta**t


def _adam(correct=_bracket, correct_v=None, divide=None, square=np.square, swapped=False, sign=-1, kept="raw"):
    """Put together an answer of which a part may be wrong."""
    divide, correct_v = divide or (lambda m, v, epsilon: m / (np.sqrt(v) + epsilon)), correct_v or correct

    def answer(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        if swapped:
            beta1, beta2 = beta2, beta1
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * square(gradient)
        m_hat, v_hat = m / correct(beta1, t), v / correct_v(beta2, t)
        w = w + sign * learning_rate * divide(m_hat, v_hat, epsilon)
        return (w, m_hat, v_hat) if kept == "corrected" else (w, m, v)

    return answer


adam_step = Exercise(
    reference=_adam_step,
    cases=[
        (np.array([1.0, -2.0]), np.array([0.5, -3.0]), np.zeros(2), np.zeros(2), 1, 0.1, 0.9, 0.99, 0.1),
        (
            np.array([0.3, 4.0]),
            np.array([2.0, 0.4]),
            np.array([0.2, -1.0]),
            np.array([0.5, 2.0]),
            3,
            0.01,
            0.8,
            0.9,
            0.01,
        ),
    ],
    misconceptions=[
        Misconception(
            "no bias correction",
            _adam(correct=lambda beta, t: 1.0),
            "m and v began at 0, so in the first steps they are too small. Divide them by 1 − β₁ᵗ and 1 − β₂ᵗ.",
        ),
        Misconception(
            "m alone corrected",
            _adam(correct_v=lambda beta, t: 1.0),
            "You corrected m but not v, which also began at 0: divide it by 1 − β₂ᵗ.",
        ),
        Misconception(
            "v alone corrected",
            _adam(correct=lambda beta, t: 1.0, correct_v=_bracket),
            "You corrected v but not m, which also began at 0: divide it by 1 − β₁ᵗ.",
        ),
        Misconception(
            "no ε",
            _adam(divide=lambda m, v, epsilon: m / np.sqrt(v)),
            "ε is missing in the denominator. It is tiny in practice, but without it a weight whose gradient is always "
            "0 becomes 0/0.",
        ),
        Misconception(
            "ε inside the root",
            _adam(divide=lambda m, v, epsilon: m / np.sqrt(v + epsilon)),
            "ε is under your root. It is added after the root: √v̂ + ε. (Some libraries do it your way; then ε means "
            "something else.)",
        ),
        Misconception(
            "β swapped",
            _adam(swapped=True),
            "β₁ belongs to the gradients, β₂ to their squares. You exchanged them.",
        ),
        Misconception(
            "not to the power of t",
            _adam(correct=lambda beta, t: 1 - beta),
            "You divided by 1 − β at every step. The correction fades: 1 − βᵗ, with the step's number t as exponent.",
        ),
        Misconception(
            "one step late",
            _adam(correct=lambda beta, t: 1 - beta ** (t + 1)),
            "t is the number of this step, and begins at 1. You took the next one.",
        ),
        Misconception(
            "no root",
            _adam(divide=lambda m, v, epsilon: m / (v + epsilon)),
            "You divided by v̂, which is in the squared unit of the gradient. Take its root.",
        ),
        Misconception(
            "not squared",
            _adam(square=np.abs),
            "v is the running mean of the *squared* gradients. You averaged their sizes.",
        ),
        Misconception(
            "uphill",
            _adam(sign=1),
            "m̂ is made of gradients, and they point uphill: subtract.",
        ),
        Misconception(
            "corrected ones kept",
            _adam(kept="corrected"),
            "You returned the corrected m̂ and v̂. The next step must start from the uncorrected m and v: it makes its "
            "own correction.",
        ),
        Misconception(
            "order",
            lambda *given: (*_adam_step(*given)[1:], _adam_step(*given)[0]),
            "All three are right, but in the wrong order: first w, then m, then v.",
        ),
        Misconception(
            "w alone",
            lambda *given: _adam_step(*given)[0],
            "The new w is right. Return m and v with it: `return w, m, v`.",
        ),
    ],
    notice="In the first step m̂ is the gradient and √v̂ its size. So each number whose gradient is not 0 moves by "
    "nearly η. Momentum and scaling have an effect only from the second step on.",
)

longer = Choice(
    options=["about a third as long", "as long", "about three times as long", "ten times as long"],
    answer="about three times as long",
    misconceptions=[
        Misconception(
            "m alone",
            "about a third as long",
            "m is a tenth of the gradient: that shortens the step. But √v is too small as well, and we divide by it.",
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

# ---------------------------------------------------------------------- predictions

twice_the_best = Prediction(
    options=["it arrives in half a step", "it jumps to and fro for ever", "it diverges"],
    answer="it jumps to and fro for ever",
    why="One step of η = 1/L leads to the bottom, so one of 2/L leads as far up on the other side: 2/L is the limit.",
)

one_epoch = Prediction(
    options=["1 at a time", "32 at a time", "all at once"],
    answer="1 at a time",
    why="All three have looked at each example once. But the first has taken 442 steps meanwhile, the last a single "
    "one.",
)

leaves_the_deep_valley = Prediction(
    options=["never", "sometimes", "always"],
    answer="sometimes",
    why="A ball does not know which valley is the deep one. What carries it over the ridge in one direction carries it "
    "over in the other.",
)

first_step = Prediction(
    options=["10 000 times as long", "100 times as long", "equally long"],
    answer="equally long",
    why="Each gradient is divided by its own size, and what is left is a sign. Both weights move by η.",
)

winner = Prediction(
    options=["gradient descent", "momentum", "Adam", "no one wins them all"],
    answer="no one wins them all",
    why="Each landscape asks for something else. And the courses are toys: see below for what such a race can tell.",
)
