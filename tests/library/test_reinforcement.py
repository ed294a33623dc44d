"""Reinforcement losses: the policy gradient is exact on a bandit, and Q-learning finds a corridor's values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossviz.losses import log_softmax, policy_gradient, q_learning, softmax


@given(st.integers(0, 10_000))
def test_the_policy_gradient_is_that_of_the_expected_reward(seed):
    """On a bandit with all actions tried as often as the policy says, the estimate is exact."""
    rng = np.random.default_rng(seed)
    score, reward = rng.normal(size=4), rng.normal(size=4)
    policy = softmax(score)
    per_action = policy_gradient.gradient(log_softmax(score), reward) * 4  # slope of each action's own term
    jacobian = np.eye(4) - policy  # of the log-probabilities in the scores
    estimate = (policy * per_action) @ jacobian
    assert estimate == pytest.approx(-policy * (reward - policy @ reward), abs=1e-12)


def test_q_learning_on_a_small_corridor_finds_its_values():
    """Three states in a row, the reward behind the last; the values are 0.81, 0.9, 1 for going right."""
    q = np.zeros((3, 2))
    state, action = np.array([0, 1, 2, 0, 1, 2]), np.array([1, 1, 1, 0, 0, 0])
    following, reward, done = np.array([1, 2, 2, 0, 0, 1]), np.array([0.0, 0, 1, 0, 0, 0]), np.array([0, 0, 1, 0, 0, 0])
    for _ in range(200):
        pull = q_learning.gradient(q[state], action, reward, q[following], done, discount=0.9)
        np.add.at(q, state, -6 * 0.5 * pull)
    assert q == pytest.approx(np.array([[0.729, 0.81], [0.729, 0.9], [0.81, 1.0]]), abs=1e-6)
