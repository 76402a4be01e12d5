"""Words of the glossary: kinds of networks."""

from ui.glossary.word import word

WORDS = (
    word("filter, filters",
         "A small table of weights that looks at one patch of a picture after another, always in the same way. One of 3 × "
         "3 has 9 weights, however large the picture is.", "convolution/filter"),
    word("feature map, feature maps",
         "All answers of one filter, each at its place. One of 3 × 3 that goes over 8 × 8 pixels gives 6 × 6 of them.",
         "convolution/filter"),
    word("pool, pools",
         "A step that makes a map smaller: of each window, say 2 × 2 places, it keeps one number. 8 × 8 become 4 × 4.",
         "convolution/pooling"),
    word("autoencoder, autoencoders",
         "A network that learns to give back what it got, through a narrow place: 64 pixels through 2 numbers, for "
         "example, and back.", "autoencoder/itself"),
    word("PCA",
         "Principal component analysis: an old way to describe pictures, or rows, by few numbers. It lays a flat sheet "
         "through them, for 2 numbers, and keeps where on it each one lies.", "autoencoder/pca"),
    word("recurrent",
         "A network is recurrent when it reads step by step and carries a state of its own from each step to the next.",
         "recurrence/state"),
    word("state, states",
         "What a recurrent network carries from step to step: a row of numbers, 16 of them for example.", "recurrence/state"),
    word("plain RNN, RNN, RNNs",
         "The recurrent neural network in its simplest form: each new state is made of the input and of the whole old state, "
         "and bent by a curve. Nothing in it says what is to be kept.", "recurrence/state"),
    word("gate, gates, update gate, update gates, forget gate, forget gates, reset gate, reset gates",
         "A number between 0 and 1 that the network works out at every step, and by which something is multiplied: at 0.9, "
         "nine tenths of a state pass.", "recurrence/gates"),
    word("candidate",
         "What would come into a state if no gate held it back. Of 0.8, a gate that lets half of it in adds 0.4.",
         "recurrence/gru"),
    word("LSTM, LSTMs",
         "Long short-term memory: a recurrent network with three gates and a second state, the cell, in which something can "
         "stay for many steps.",
         "recurrence/gates"),
    word("GRU, GRUs",
         "Gated recurrent unit: a recurrent network with two gates; one of them says how much of the state is kept from step "
         "to step.",
         "recurrence/gru"),
    word("encoder, encoders",
         "The part of a network that reads, and hands on what it found as numbers: 2 for a picture, for example.",
         "attention/squeeze"),
    word("decoder, decoders",
         "The part of a network that makes something of an encoder's numbers: a picture, or an answer, digit by digit.",
         "attention/squeeze"),
    word("Transformer, Transformers",
         "A network in which every place of a text looks at all places at once, by attention, instead of going step by step.",
         "attention/block"),
    word("token, tokens", "One of the pieces that a text is read in. Here a letter or a digit is a token.", "attention/views"),
    word("attention",
         "Looking back at all that was read, and giving each place a share of the look. The shares add up to 1.",
         "attention/look"),
    word("query, queries",
         "The numbers by which a place asks, in attention. What fits them best gets the largest share of the look: (1, 0) "
         "looks for a large first number.", "attention/look"),
    word("GAN, GANs",
         "Generative adversarial networks: two that learn against each other. One makes samples, the other tells them from "
         "true ones.", "gan/noise"),
    word("sample, samples",
         "What a generator made, or a true one beside it: a point of the plane, for example.", "gan/noise"),
    word("generator",
         "The network of two that makes samples: 2 random numbers go in, a point of the plane comes out, for example.",
         "gan/noise"),
    word("discriminator",
         "The network of two that judges, here called the judge: it says how surely a sample is a true one, 0.5 where it "
         "cannot tell.", "gan/judge"),
    word("hyperparameter, hyperparameters",
         "A setting that is chosen before learning and does not learn itself: the learning rate, the number of layers.",
         "generalization/search"),
)
