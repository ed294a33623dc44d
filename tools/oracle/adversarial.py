"""Adversarial: the discriminator's loss and the generator's two."""

import torch
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask
from oracle.definitions import softplus
from oracle.inputs import draw, given, in_all_shapes

CASES = in_all_shapes(real_score=lambda shape: draw("real", shape), fake_score=lambda shape: draw("fake", shape))
CASES |= given(
    "real_score fake_score",
    {
        "undecided": ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
        "right": ([40.0, 30.0], [-40.0, -20.0]),
        "fooled": ([-40.0, 30.0], [40.0, 20.0]),
        "extreme": ([1e4, -1e4], [-1e4, 1e4]),
        "extreme-and-right": ([1e4], [-1e4]),
    },
)
FAKES = {case: {"fake_score": each["fake_score"]} for case, each in CASES.items()}
BY = "torch.nn.functional.binary_cross_entropy_with_logits"


def record():
    discriminator()
    generators()


def logits(score, target):
    return F.binary_cross_entropy_with_logits(score, torch.full_like(score, target), reduction="none")


def discriminator():
    ask(
        "losses.discriminator",
        CASES,
        BY,
        lambda real_score, fake_score: logits(real_score, 1.0) + logits(fake_score, 0.0),
        lambda real_score, fake_score: softplus(-real_score) + softplus(fake_score),
        learned=("real_score", "fake_score"),
        library_fails={"right"},  # torch drops what is small beside 1
        examples=False,
    )


def generators():
    ask(
        "losses.generator",
        FAKES,
        BY,
        lambda fake_score: logits(fake_score, 1.0),
        lambda fake_score: softplus(-fake_score),
        library_fails={"fooled"},
    )
    ask(
        "losses.generator_minimax",
        FAKES,
        BY,
        lambda fake_score: -logits(fake_score, 0.0),
        lambda fake_score: -softplus(fake_score),
        library_fails={"right"},
    )
