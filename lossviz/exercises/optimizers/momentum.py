"""The exercise on a step with momentum."""

import numpy as np

from ..engine import Exercise, Misconception
from .cases import uneven


def _momentum_step(w, v, gradient, learning_rate, beta):
    v = beta * v + gradient
    return w - learning_rate * v, v


def _with(velocity, step):
    """Put together an answer of which a part may be wrong."""

    def answer(w, v, gradient, learning_rate, beta):
        new = velocity(v, gradient, beta)
        return step(w, v, new, gradient, learning_rate)

    return answer


def _velocity(rule):
    """Return the answer with another rule for the velocity, and the right step."""
    return _with(rule, lambda w, old, new, g, rate: (w - rate * new, new))


def _step(rule):
    """Return the answer with another step, and the right velocity."""
    return _with(lambda v, g, beta: beta * v + g, rule)


momentum_step = Exercise(
    reference=_momentum_step,
    results=("w", "v"),
    cases=[
        (np.array([1.0, -2.0, 0.5]), np.array([0.5, 3.0, -1.0]), np.array([2.0, -1.0, 4.0]), 0.1, 0.8),
        (np.array([0.0, 4.0]), np.array([0.0, -1.0]), np.array([1.0, 2.5]), 0.02, 0.9),
        (np.array([3, -2, 7, 0]), np.array([0.25, 1.5, 0.0, -0.125]), np.array([-1.6, 0.0, 2.3, 0.7]), 12.5, 0.55),
        (uneven(1, 13), uneven(2, 13), uneven(3, 13), 0.0371, 0.937),
        (np.array([0.004, 250.5]), np.array([-160.0, 0.012]), np.array([0.0, 0.007]), 0.3, 0.015),
        (np.array([1.5, -0.3, 0.0, 2.0, 9.0]), np.array([0.7, -2.0, 0.0, 11.0, 1.0]), np.arange(5.0), 0.004, 0.0),
    ],
    misconceptions=[
        Misconception(
            "uphill",
            _step(lambda w, old, new, g, rate: (w + rate * new, new)),
            "The velocity is made of gradients, and they point uphill: subtract it.",
        ),
        Misconception(
            "velocity not kept",
            _step(lambda w, old, new, g, rate: (w - rate * new, old)),
            "The step is right, but you returned the old velocity. The next step would know nothing about this "
            "gradient.",
        ),
        Misconception(
            "gradient returned",
            _step(lambda w, old, new, g, rate: (w - rate * new, g)),
            "The step is right, but in place of the velocity you returned the gradient. All that the velocity has "
            "collected would be forgotten.",
        ),
        Misconception(
            "gradient alone",
            _step(lambda w, old, new, g, rate: (w - rate * g, new)),
            "You updated the velocity, and then stepped along the gradient alone. Step along the velocity.",
        ),
        Misconception(
            "no memory",
            _velocity(lambda v, g, beta: g),
            "That is plain gradient descent: your velocity is the new gradient alone. A share of the old velocity "
            "belongs to it.",
        ),
        Misconception(
            "old velocity",
            _step(lambda w, old, new, g, rate: (w - rate * old, new)),
            "You stepped along the old velocity. First update it, then step.",
        ),
        Misconception(
            "Nesterov",
            (
                _with(
                    lambda v, g, beta: (beta * v + g, beta),
                    lambda w, old, new, g, rate: (w - rate * (g + new[1] * new[0]), new[0]),
                ),
                _with(
                    lambda v, g, beta: (beta * v + g, beta),
                    lambda w, old, new, g, rate: (w - rate * new[1] * new[0], new[0]),
                ),
            ),
            "β stands in your step too. The variant of Nesterov has it there; plain momentum uses β only once, in the "
            "velocity, and steps along the velocity itself.",
        ),
        Misconception(
            "mean",
            _velocity(lambda v, g, beta: beta * v + (1 - beta) * g),
            "You took a running mean, with (1 − β) before the gradient. Adam does that; here you add the whole "
            "gradient, and the velocity may grow to 1/(1 − β) times the gradient.",
        ),
        Misconception(
            "friction and memory exchanged",
            (
                _velocity(lambda v, g, beta: (1 - beta) * v + g),
                _velocity(lambda v, g, beta: (1 - beta) * v + beta * g),
            ),
            "You kept a share 1 − β of the velocity. That share is what friction takes away; β is what remains.",
        ),
        Misconception(
            "β at the gradient",
            _velocity(lambda v, g, beta: v + beta * g),
            "β belongs to the velocity: it says how much of it remains. You put it before the gradient.",
        ),
        Misconception(
            "β at both",
            _velocity(lambda v, g, beta: beta * (v + g)),
            "You multiplied the new gradient by β as well. β fades the old velocity; the gradient comes in whole.",
        ),
        Misconception(
            "falling",
            _velocity(lambda v, g, beta: beta * v - g),
            "You used two minus signs: in the velocity and in the step. One of them is enough.",
        ),
        Misconception(
            "nothing forgotten",
            _velocity(lambda v, g, beta: v + g),
            "Without β nothing is ever forgotten, and the ball never comes to rest: there is no friction.",
        ),
        Misconception(
            "no learning rate",
            _step(lambda w, old, new, g, rate: (w - new, new)),
            "You used the whole velocity as the step. The learning rate is missing: multiply by η.",
        ),
        Misconception(
            "the step alone",
            (
                _step(lambda w, old, new, g, rate: (-rate * new, new)),
                _step(lambda w, old, new, g, rate: (rate * new, new)),
            ),
            "The velocity is right. In place of the new w you returned only how far it moves: start at w.",
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
            "You put η into the velocity. The v that you are given is made of whole gradients: η belongs to the step "
            "alone.",
        ),
        Misconception(
            "η twice",
            lambda w, v, gradient, learning_rate, beta: (
                w - learning_rate * (beta * v + learning_rate * gradient),
                beta * v + learning_rate * gradient,
            ),
            "You multiplied by η twice: in the velocity and in the step. The velocity takes the whole gradient.",
        ),
    ],
    notice="There is one more array to remember, as large as w. Where the gradients agree, the velocity grows; where "
    "they point back and forth, they cancel.",
)
