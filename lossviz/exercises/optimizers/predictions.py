"""What a reader of lesson 09 guesses before the figure shows it."""

from ..engine import Misconception, Prediction

twice_the_best = Prediction(
    options=["it arrives in half a step", "it jumps to and fro for ever", "it diverges"],
    answer="it jumps to and fro for ever",
    misconceptions=[
        Misconception(
            "faster still",
            "it arrives in half a step",
            "The step is twice as long, but it cannot stop half-way: it ends as far beyond the bottom as it began "
            "before it.",
        ),
        Misconception(
            "too far is lost",
            "it diverges",
            "It does overshoot. But it diverges only if each jump is longer than the one before; here all are equally "
            "long.",
        ),
    ],
    why="One step of η = 1/L leads to the bottom, so one of 2/L leads as far up on the other side: 2/L is the limit.",
)

one_epoch = Prediction(
    options=["1 at a time", "32 at a time", "all at once"],
    answer="1 at a time",
    misconceptions=[
        Misconception(
            "the middle way",
            "32 at a time",
            "A compromise often wins, and with more epochs this one does. But in its first epoch it takes 14 steps "
            "only.",
        ),
        Misconception(
            "exact is fast",
            "all at once",
            "Its gradient is exact. But exactness is worth little far from the bottom, and here it costs a whole "
            "epoch for each step.",
        ),
    ],
    why="All three have looked at each example once. But the first has taken 442 steps meanwhile, the last a single "
    "one.",
)

leaves_the_deep_valley = Prediction(
    options=["never", "sometimes", "always"],
    answer="sometimes",
    misconceptions=[
        Misconception(
            "the deep one holds",
            "never",
            "The deep valley holds better, but not for certain: a ball from far up its slope arrives with much speed.",
        ),
        Misconception(
            "momentum always crosses",
            "always",
            "Only balls that start high enough have the speed. The others lose it by friction, and stay.",
        ),
    ],
    why="A ball does not know which valley is the deep one. What carries it over the ridge in one direction carries it "
    "over in the other.",
)

first_step = Prediction(
    options=["10 000 times as long", "100 times as long", "equally long"],
    answer="equally long",
    misconceptions=[
        Misconception(
            "as the gradient",
            "10 000 times as long",
            "So it is for gradient descent. AdaGrad divides each gradient, and the larger one by more.",
        ),
        Misconception(
            "a root left over",
            "100 times as long",
            "There is a root, but of the squared gradient: root and square cancel, and √s is the gradient's own size.",
        ),
    ],
    why="Each gradient is divided by its own size, and what is left is a sign. Both weights move by η.",
)

winner = Prediction(
    options=["gradient descent", "momentum", "Adam", "no one wins them all"],
    answer="no one wins them all",
    misconceptions=[
        Misconception(
            "plain is best",
            "gradient descent",
            "With a well chosen η it is hard to beat in a round valley. In narrow and bent ones others are far ahead.",
        ),
        Misconception(
            "momentum wins",
            "momentum",
            "It wins in the bent valley. Elsewhere it still swings when the budget is spent, or another is ahead.",
        ),
        Misconception(
            "the usual choice wins",
            "Adam",
            "It is the usual choice because it does tolerably almost everywhere, not because it wins everywhere.",
        ),
    ],
    why="Each landscape asks for something else. And the courses are toys: see below for what such a race can tell.",
)
