using TaskGrain.Data;
using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;

namespace TaskGrain.Transfer.Teaching;

/// <summary>How a classifier is taught from a folder of clips.</summary>
public sealed record TeachOptions
{
    /// <summary>Clips a class to learn from; null for all. Those left over are used to measure the result.</summary>
    public int? Shots { get; init; }

    /// <summary>
    /// Sources of features to choose from, alone and together: what <see cref="FeatureSources.Open"/> takes, or
    /// <see cref="EncoderName"/> for the encoder of the model that is given, with <c>@clip</c> behind it where it
    /// should
    /// see a clip as one window. Null for the encoder in both ways, motion, and the ImageNet network where it is there.
    /// </summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>What the encoder of the model that is given is called among the sources.</summary>
    public string EncoderName { get; init; } = "encoder";

    /// <summary>
    /// Classifiers to choose from; those of closed form, made for a handful of clips, where none are named.
    /// </summary>
    public IReadOnlyList<ClassifierKind> Classifiers { get; init; } = ClassifierKinds.ForFewClips;

    /// <summary>
    /// Which clips belong together, such as those of one room: none of them is learned from while another is held out,
    /// and the expected accuracy is that of new rooms. Null where nothing is known of it.
    /// </summary>
    public ClipGroups? Groups { get; init; }

    /// <summary>
    /// Whether it is measured too how well the classes are told by what has nothing to do with them
    /// (<see cref="Giveaway"/>).
    /// </summary>
    public bool Giveaways { get; init; } = true;

    /// <summary>Folds of the outer cross-validation that measures the expected accuracy, at most.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Shorter clips are left out, in seconds.</summary>
    public double ShortestSeconds { get; init; } = 0.5;

    /// <summary>Fixes every random choice.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 for one a core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The number of threads in force.</summary>
    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>The sources in force.</summary>
    internal IReadOnlyList<string> SourceNames =>
        Sources
        ??
        [
            $"{EncoderName}@clip",
            EncoderName,
            MotionSource.Name,
            .. ImageNetResNet18.Find() is null ? (string[])[] : [ImageNetResNet18.Name],
        ];

    /// <summary>Whether a source is the encoder of the model that is given.</summary>
    internal bool IsEncoder(string source) => (FeatureSources.WithoutWhole(source) ?? source) == EncoderName;

    /// <summary>Checks every value.</summary>
    /// <exception cref="TaskGrainException">Some are out of range; the message lists all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (Shots < ClipFolder.FewestClips)
        {
            faults.Add($"{Shots} shots are fewer than {ClipFolder.FewestClips}");
        }

        if (Sources is { Count: 0 } || Sources?.Distinct(StringComparer.Ordinal).Count() != Sources?.Count)
        {
            faults.Add("there must be a source to choose, and none twice");
        }

        if (Classifiers.Count == 0)
        {
            faults.Add("there must be a classifier to choose");
        }

        if (Folds < 2)
        {
            faults.Add($"{Folds} folds are fewer than 2");
        }

        if (!(ShortestSeconds >= 0))
        {
            faults.Add($"the shortest clip of {ShortestSeconds} s is below 0");
        }

        if (Threads < 0)
        {
            faults.Add($"{Threads} threads are below 0");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"Teaching: {string.Join("; ", faults)}.");
        }
    }
}
