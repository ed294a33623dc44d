"""Reinforcement: policy gradient and Q-learning."""

import numpy as np
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask
from oracle.inputs import choose, draw, given, in_all_shapes, with_settings


def record():
    policy_gradient()
    q_learning()


def policy_gradient():
    cases = in_all_shapes(
        log_probability=lambda shape: draw("log p", shape, -4, -0.01),
        advantage=lambda shape: draw("advantage", shape),
    )
    cases |= given(
        "log_probability advantage",
        {
            "sure": ([0.0, 0.0], [1.0, -2.0]),
            "no-advantage": ([-1.0, -2.0], [0.0, 0.0]),
            "extreme": ([-1e4, -1e-9], [-1e4, 1e4]),
        },
    )
    ask(
        "losses.policy_gradient",
        cases,
        "torch",
        lambda log_probability, advantage: -log_probability * advantage,
        lambda log_probability, advantage: -log_probability * advantage,
    )


def transitions(name, shape, actions, done=(0, 1), size=3.0):
    return {
        "q": draw(f"{name} q", (*shape, actions), -size, size),
        "action": choose(name, shape, range(actions)),
        "reward": draw(f"{name} reward", shape, -1, 1),
        "next_q": draw(f"{name} next", (*shape, actions), -size, size),
        "done": choose(f"{name} done", shape, done),
    }


TRANSITIONS = {
    "step": transitions("step", (), 3, done=(0,)),
    "one": transitions("one", (1,), 3),
    "one-action": transitions("one action", (4,), 1),
    "two-actions": transitions("two actions", (6,), 2),
    "many": transitions("many", (20,), 4),
    "stack": transitions("stack", (2, 3), 2),
    "none-done": transitions("none done", (5,), 3, done=(0,)),
    "all-done": transitions("all done", (5,), 3, done=(1,)),
    "extreme": transitions("extreme", (3,), 3, size=1e4),
    "tie": transitions("tie", (2,), 2, done=(0,)) | {"next_q": np.array([[1.5, 1.5], [0.0, 0.0]])},
}


def q_learning():
    def library(q, action, reward, next_q, done, discount=0.99):
        target = reward + discount * (1 - done) * next_q.amax(dim=-1)
        return F.mse_loss(q.gather(-1, action[..., None])[..., 0], target, reduction="none") / 2

    def definition(q, action, reward, next_q, done, discount=0.99):
        target = reward if done else reward + discount * max(next_q)
        return (target - q[int(action)]) ** 2 / 2

    ask(
        "losses.q_learning",
        with_settings(TRANSITIONS, ["many", "none-done"], discount=[0.0, 0.5, 1.0]),
        "torch.nn.functional.mse_loss, halved",
        library,
        definition,
        depth={"q": 1, "next_q": 1},
    )
