"""Words of the glossary: what it learns from, and how good it is."""

from ui.glossary.word import word

WORDS = (
    word("training data, training points, training rows",
         "The examples that a network learns from, with their right answers. Of 500 points it may be 350; the others are kept "
         "from it.", "generalization/held"),
    word("held-out rows, held-out points, held-out data, held-out pictures, held-out sequences, held out, test rows, "
         "test points, test data",
         "Examples that are kept away from learning, so that they show what it is worth elsewhere: 150 of 500 points, say. "
         "Where some of them choose the settings, those that judge at the end are called test rows.", "generalization/held"),
    word("feature, features",
         "A number that is known about an example and that the network gets as an input. A dot in the plane has two: how "
         "far right and how far up.", "neuron/network"),
    word("accuracy", "The share of answers that are right: 90 of 100 make 90 %.", "generalization/held"),
    word("held-out accuracy, test accuracy",
         "The share of right answers on points that were kept away from learning. Always naming the larger of two equal "
         "classes reaches 50 %.", "generalization/held"),
    word("overfitting",
         "Learning the training points by heart: their loss goes on falling, while that of new points rises.",
         "generalization/film"),
    word("validation, validation rows",
         "Rows that are kept from learning to choose between settings, so that test rows can judge the choice. Of 540 held "
         "out it may be 270.", "generalization/width"),
    word("variance",
         "How widely numbers are spread: the mean of their squared distances from their mean. Of 1 and 5, whose mean is 3, it "
         "is 4.", "initialization/layer"),
    word("standard deviation, standard deviations",
         "How far numbers usually lie from their mean: the root of the variance. Of 1 and 5 it is 2.", "initialization/layer"),
    word("median", "The one in the middle: of 1, 2 and 9 it is 2.", "generalization/rows"),
    word("regularisation",
         "Whatever keeps a network from learning by heart, for example a price on large weights.", "generalization/weights"),
    word("dropout",
         "While it learns, a network has units switched off by chance: at 0.2 every fifth. So none of them can rely on "
         "another one.", "generalization/dropout"),
    word("batch normalisation, batch norm",
         "Before the curve bends them, the sums of a unit are brought to a mean of 0 and a spread of 1 over each batch.",
         "gradients/batch_norm"),
)
