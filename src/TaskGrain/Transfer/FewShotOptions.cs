using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer;

/// <summary>One candidate for the regularisation of a few-shot classifier.</summary>
/// <param name="WeightDecay">AdamW's decoupled decay of the weights, at least 0.</param>
/// <param name="Dropout">Probability that an input of the last layer is dropped in training, 0 to below 1.</param>
internal sealed record FewShotSetting(double WeightDecay, double Dropout);

/// <summary>
/// How a classifier is trained on a few clips. The regularisation (<see cref="Settings"/>) and the number of updates
/// are chosen by cross-validation inside these clips; a single clip a class cannot be split, so there
/// <see cref="DefaultSetting"/> and <see cref="DefaultUpdates"/> are used as they are.
/// </summary>
internal sealed record FewShotOptions
{
    /// <summary>Principal components kept at most (<see cref="FeatureProjection"/>).</summary>
    public int Components { get; init; } = 128;

    /// <summary>Hidden units of the MLP; the paper's 512.</summary>
    public int MlpHidden { get; init; } = 512;

    /// <summary>Hidden units a direction of the LSTM, a multiple of 16; the paper's 128.</summary>
    public int LstmHidden { get; init; } = 128;

    /// <summary>
    /// A training update of the stepwise classifiers reads every n-th vector, from a random one of the first n.
    /// </summary>
    public int StepStride { get; init; } = 4;

    /// <summary>Clips in a training update.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Adam's learning rate, constant.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Folds of the cross-validation at most; a class with fewer clips lowers it to its number.</summary>
    public int Folds { get; init; } = 3;

    /// <summary>Candidates of regularisation.</summary>
    public IReadOnlyList<FewShotSetting> Settings { get; init; } = [new(0.01, 0.25), new(0.3, 0.5)];

    /// <summary>Regularisation where there is nothing to choose it by: one clip a class.</summary>
    public FewShotSetting DefaultSetting { get; init; } = new(0.1, 0.5);

    /// <summary>Updates where there is nothing to choose their number by.</summary>
    public int DefaultUpdates { get; init; } = 60;

    /// <summary>Updates between two looks at the held-out clips; training ends at a multiple of it.</summary>
    public int UpdatesPerCheck { get; init; } = 10;

    /// <summary>Updates at most, for up to 10 batches of clips; a larger set gets more in proportion.</summary>
    public int MaxUpdates { get; init; } = 100;

    /// <summary>A setting is given up after this many looks without a lower held-out loss.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Threads; 0 for one a core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The number of threads in force.</summary>
    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Hidden units of a kind of classifier; 0 for logistic regression, which has none.</summary>
    internal int Hidden(ClassifierKind kind) =>
        kind switch
        {
            ClassifierKind.LogisticRegression => 0,
            ClassifierKind.Mlp => MlpHidden,
            ClassifierKind.BiLstm => LstmHidden,
            ClassifierKind.Timeline or ClassifierKind.Average => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such classifier"),
        };

    /// <summary>The defaults for a kind of classifier.</summary>
    /// <param name="kind">The classifier.</param>
    /// <returns>Options that pass <see cref="Validate"/>.</returns>
    public static FewShotOptions For(ClassifierKind kind) =>
        kind switch
        {
            ClassifierKind.LogisticRegression => new() { LearningRate = 0.01 },
            ClassifierKind.Mlp => new() { LearningRate = 0.001 },
            ClassifierKind.BiLstm => new(),
            ClassifierKind.Timeline or ClassifierKind.Average => new(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such classifier"),
        };

    /// <summary>Checks every value.</summary>
    /// <exception cref="TaskGrainException">Some are out of range; the message lists all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(Components >= 1, $"components {Components} must be at least 1");
        Require(MlpHidden >= 1, $"mlpHidden {MlpHidden} must be at least 1");
        Require(LstmHidden >= 16 && LstmHidden % 16 == 0, $"lstmHidden {LstmHidden} must be a multiple of 16");
        Require(StepStride >= 1, $"stepStride {StepStride} must be at least 1");
        Require(BatchSize >= 1, $"batchSize {BatchSize} must be at least 1");
        Require(LearningRate > 0, $"learningRate {LearningRate} must be above 0");
        Require(Folds >= 2, $"folds {Folds} must be at least 2");
        Require(Settings.Count >= 1, "settings must hold at least one candidate");
        foreach (FewShotSetting setting in Settings.Append(DefaultSetting))
        {
            Require(setting.WeightDecay >= 0, $"weightDecay {setting.WeightDecay} must be at least 0");
            Require(setting.Dropout is >= 0 and < 1, $"dropout {setting.Dropout} must be in [0, 1)");
        }

        Require(DefaultUpdates >= 1, $"defaultUpdates {DefaultUpdates} must be at least 1");
        Require(UpdatesPerCheck >= 1, $"updatesPerCheck {UpdatesPerCheck} must be at least 1");
        Require(
            MaxUpdates >= UpdatesPerCheck,
            $"maxUpdates {MaxUpdates} must be at least updatesPerCheck, {UpdatesPerCheck}"
        );
        Require(Patience >= 1, $"patience {Patience} must be at least 1");
        Require(Threads >= 0, $"threads {Threads} must be at least 0");
        if (faults.Count > 0)
        {
            throw new TaskGrainException($"few-shot options: {string.Join("; ", faults)}.");
        }

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
