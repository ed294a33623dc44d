"""Losses for learning from rewards: of a policy, and of the value of actions."""

import numpy as np

from .. import arguments
from ..loss import labelled_rows, loss


@loss(
    r"-\frac{1}{N} \sum_{t=1}^{N} \log \pi(a_t \mid s_t)\, A_t",
    log_probability=arguments.log_probability,
    advantage=arguments.real,
)
def policy_gradient(log_probability, advantage):
    """Policy gradient loss (REINFORCE): actions that went better than expected should become more likely.

    Parameters
    ----------
    log_probability : array_like
        The logarithm of the policy's probability of each action that was taken, in nats, at most 0.
    advantage : array_like
        How much better than expected it went: the return, minus a baseline. Held fixed; equal in shape.

    Returns
    -------
    float
        In nats times the unit of reward. Its value means little; its gradient is the estimate of the expected return's,
        with the sign turned, since losses are minimised.

    Examples
    --------
    >>> policy_gradient([-0.5, -2.0], [1.0, -1.0])
    -0.75

    References
    ----------
    R. J. Williams, Simple statistical gradient-following algorithms for connectionist reinforcement learning, Machine
    Learning 8, 1992.
    """
    return -log_probability * advantage, -advantage


def _transitions(checks):
    """Every row of q is the state that one action was taken in; next_q has the rows of the states it led to."""
    return [
        *labelled_rows({name: checks[name] for name in ("q", "action")}, of="actions"),
        arguments.same_shape("next_q", "q"),
        arguments.same_shape("reward", "action"),
        arguments.same_shape("done", "action"),
    ]


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \frac12 \Bigl( Q(s_i, a_i)"
    r" - \bigl[ r_i + \gamma\, (1 - d_i) \max_a Q(s'_i, a) \bigr] \Bigr)^2",
    shapes=_transitions,
    q=arguments.real,
    action=arguments.label,
    reward=arguments.real,
    next_q=arguments.real,
    done=arguments.zero_or_one,
    discount=arguments.from_0_to_1,
)
def q_learning(q, action, reward, next_q, done, discount=0.99):
    """Q-learning loss: half the squared temporal difference error.

    Parameters
    ----------
    q : array_like, shape (..., actions)
        The values of all actions in each state.
    action : array_like of int, shape (...)
        Which one was taken, from 0.
    reward : array_like, shape (...)
        What came of it.
    next_q : array_like, shape (..., actions)
        The values of all actions in the state it led to. The target is held fixed: no gradient goes through it.
    done : array_like, shape (...)
        1 where the episode ended there, so that nothing more is to come; else 0.
    discount : float
        γ, what a reward is worth that comes a step later, from 0 to 1.

    Returns
    -------
    float
        In the squared unit of reward, with the ½, so that the slope is the error itself; others leave it out, or take
        the Huber loss of the error.

    Examples
    --------
    >>> q_learning([[1.0, 2.0]], [1], [0.5], [[3.0, 1.0]], [0], discount=0.5)
    0.0

    References
    ----------
    C. J. C. H. Watkins and P. Dayan, Q-learning, Machine Learning 8, 1992; V. Mnih et al., Human-level control through
    deep reinforcement learning, Nature 518, 2015.
    """
    taken = action[..., None]
    target = reward + discount * (1 - done) * next_q.max(axis=-1)
    error = np.take_along_axis(q, taken, axis=-1)[..., 0] - target
    slope = np.zeros(q.shape)
    np.put_along_axis(slope, taken, error[..., None], axis=-1)
    return error**2 / 2, slope
