using System.IO.Hashing;
using System.Text;
using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Training;

/// <summary>
/// The clips of a packed store or of a generator with their targets at one granularity. A clip that cannot be used is
/// left out and counted, never replaced by another.
/// </summary>
internal sealed class TrainingData : IDisposable
{
    /// <summary>Reading a store's frames is no work beside a step of the training; drawing them is.</summary>
    private const int ThreadsOfStore = 2;

    private readonly Func<int, GeneratedExamples>? _draw;

    private TrainingData(LabelledStore store)
    {
        Store = store;
        Source = Path.GetFullPath(store.Folder);
        Name = store.DataSet.Name;
        Taxonomy = store.DataSet.Taxonomy;
        Frames = store.Frames;
    }

    private TrainingData(IClipGenerator generator, Func<int, GeneratedExamples> draw)
    {
        _draw = draw;
        Source = Name = generator.Name;
        Taxonomy = generator.Taxonomy;
        Frames = generator;
        TrainingClips = generator.EpochClips;
    }

    /// <summary>Where the clips come from: the store's absolute path, or the generator's name.</summary>
    public string Source { get; }

    /// <summary>Name of the data set.</summary>
    public string Name { get; }

    /// <summary>The clips' categories.</summary>
    public Taxonomy Taxonomy { get; }

    /// <summary>The clips' frames.</summary>
    public IClipFrames Frames { get; }

    /// <summary>The store; null where clips are drawn.</summary>
    public LabelledStore? Store { get; }

    /// <summary>Threads that assemble clips where the configuration names no number.</summary>
    /// <param name="processors">Those that are this process's, or this rank's share of a machine.</param>
    public int UsualLoaderThreads(int processors) => Store is null ? processors : ThreadsOfStore;

    /// <summary>The words of the captions; null at the action grains.</summary>
    public Vocabulary? Vocabulary { get; private init; }

    /// <summary>Clips of an epoch.</summary>
    public int TrainingClips { get; private init; }

    /// <summary>Clips to validate on.</summary>
    public int ValidationClips => Validation.Count;

    /// <summary>True when the data set has no validation clips, so that the training clips stand in for them.</summary>
    public bool ValidatesOnTraining { get; private init; }

    /// <summary>How many clips of the two splits were left out, by reason.</summary>
    public IReadOnlyDictionary<string, int> LeftOut { get; private init; } =
        new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>A checksum of clips and targets: a run can only be resumed on the same.</summary>
    internal string Fingerprint { get; private init; } = "";

    /// <summary>A store's clips to train on, in its order; empty where clips are drawn.</summary>
    internal IReadOnlyList<ClipExample> Training { get; private init; } = [];

    internal IReadOnlyList<ClipExample> Validation { get; private init; } = [];

    /// <summary>Opens a store and makes targets for its clips.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="configuration">Granularity and captions.</param>
    /// <returns>The data.</returns>
    /// <exception cref="TaskGrainException">
    /// There is no store, no data set in it, or not one clip to train on; says why.
    /// </exception>
    public static TrainingData Open(string folder, RunConfiguration configuration) =>
        Open(folder, configuration, null, RunPresets.Frames(configuration.Preset));

    /// <summary>Opens a store, or makes a generator.</summary>
    /// <param name="source">The store's folder, or the generator's name.</param>
    /// <param name="configuration">Granularity and captions.</param>
    /// <param name="generators">Knows the names of generators; null where there are stores alone.</param>
    /// <param name="standard">Size and rate of drawn frames where the name says nothing about them.</param>
    /// <returns>The data.</returns>
    /// <exception cref="TaskGrainException">As above; or the name asks for what cannot be.</exception>
    public static TrainingData Open(
        string source,
        RunConfiguration configuration,
        ClipGeneratorFinder? generators,
        FrameFormat standard
    )
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (generators?.Invoke(source, standard) is { } generator)
        {
            return Draw(generator, configuration);
        }

        LabelledStore store = LabelledStore.Open(source);
        try
        {
            return Make(store, configuration);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a place where the frames cannot lie.</summary>
    /// <exception cref="TaskGrainException">They are to lie on the device, and there are none before they are
    /// drawn.</exception>
    public void CheckPlace(DataPlace place)
    {
        if (Store is null && place == DataPlace.On)
        {
            throw new TaskGrainException(
                $"machine.dataOnDevice is on, but the clips of {Source} are drawn when they are needed, so that there "
                    + "are none to lie there; leave it out, or train on a store."
            );
        }
    }

    /// <summary>The clips of an epoch in the order in which they are trained on.</summary>
    /// <param name="epoch">The epoch, from 0; it decides which clips are drawn.</param>
    /// <param name="random">Shuffles a store's clips; drawn ones come in an order of their own.</param>
    public IReadOnlyList<ClipExample> Epoch(int epoch, SeededRandom random)
    {
        if (_draw is not null)
        {
            return _draw(epoch);
        }

        ClipExample[] order = [.. Training];
        random.Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>How many different clips so many epochs have; none counts as one.</summary>
    public int ClipsOf(int epochs) =>
        _draw is null ? TrainingClips : (int)Math.Min(int.MaxValue, (long)TrainingClips * Math.Max(1, epochs));

    /// <summary>Closes the store.</summary>
    public void Dispose() => Store?.Dispose();

    /// <summary>Makes targets, whose words are those of a data set's training clips.</summary>
    private static (TargetMaker Targets, Vocabulary? Vocabulary) Targets(
        Taxonomy taxonomy,
        Func<DataSet> words,
        RunConfiguration configuration
    )
    {
        var captions = new CaptionTargets(taxonomy, configuration.Captions);
        Vocabulary? vocabulary = configuration.Granularity.IsCaption()
            ? captions.BuildVocabulary(words(), configuration.Granularity)
            : null;
        var options = new TargetOptions(
            configuration.Granularity,
            configuration.Clip.Flip,
            configuration.Model.CaptionLength
        );
        return (new TargetMaker(taxonomy, captions, vocabulary, options), vocabulary);
    }

    private static TrainingData Draw(IClipGenerator generator, RunConfiguration configuration)
    {
        // Drawn clips have no end, so the words are those of the first epoch.
        (TargetMaker targets, Vocabulary? vocabulary) = Targets(
            generator.Taxonomy,
            () =>
                new DataSet(
                    generator.Name,
                    generator.Taxonomy,
                    [
                        .. generator
                            .Numbers(Split.Train, 0, generator.EpochClips)
                            .AsParallel()
                            .AsOrdered()
                            .Select(generator.Annotate),
                    ]
                ),
            configuration
        );
        ClipExample[] validation = new GeneratedExamples(
            generator,
            generator.Numbers(Split.Validation, 0, generator.ValidationClips),
            targets
        ).MakeAll();
        return new TrainingData(
            generator,
            epoch => new GeneratedExamples(
                generator,
                generator.Numbers(Split.Train, (long)epoch * generator.EpochClips, generator.EpochClips),
                targets
            )
        )
        {
            Vocabulary = vocabulary,
            Validation = validation,
            Fingerprint = Checksum(validation, index => $"{index}", $"{generator.Name}|{generator.Version}"),
        };
    }

    private static TrainingData Make(LabelledStore store, RunConfiguration configuration)
    {
        (TargetMaker targets, Vocabulary? vocabulary) = Targets(
            store.DataSet.Taxonomy,
            () => store.DataSet,
            configuration
        );
        var leftOut = new Dictionary<string, int>(StringComparer.Ordinal);
        List<ClipExample> training = Examples(store, Split.Train, targets, leftOut);
        List<ClipExample> validation = Examples(store, Split.Validation, targets, leftOut);
        if (training.Count == 0)
        {
            string why =
                leftOut.Count == 0
                    ? "its training split is empty"
                    : string.Join("; ", leftOut.Select(reason => $"{reason.Value} {reason.Key}"));
            throw new TaskGrainException(
                $"{store.Folder}: there is not one clip to train {configuration.Granularity.Name()} on: {why}."
            );
        }

        return new TrainingData(store)
        {
            Vocabulary = vocabulary,
            Training = training,
            TrainingClips = training.Count,
            Validation = validation.Count > 0 ? validation : training,
            ValidatesOnTraining = validation.Count == 0,
            LeftOut = leftOut,
            Fingerprint = Checksum(
                [.. training, .. validation],
                index => $"{index}|{store.Frames.Ids[index]}|{store.Frames.FrameCount(index)}",
                $"{training.Count}|{validation.Count}|{store.Frames.Format}"
            ),
        };
    }

    private static List<ClipExample> Examples(
        LabelledStore store,
        Split split,
        TargetMaker targets,
        Dictionary<string, int> leftOut
    )
    {
        var examples = new List<ClipExample>();
        foreach (Annotation annotation in store.DataSet.Of(split))
        {
            string? reason = targets.WhyNot(annotation);
            if (reason is null && store.Frames.TryIndexOf(annotation.Id, out int index))
            {
                examples.Add(targets.Make(annotation, index));
            }
            else
            {
                reason ??= "not in the store";
                leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
            }
        }

        return examples;
    }

    private static string Checksum(ClipExample[] examples, Func<int, string> identity, string whole)
    {
        var hash = new XxHash128();
        foreach (ClipExample example in examples)
        {
            ClipTarget target = example.Target!;
            string caption = target.Caption is { } words ? string.Join(' ', words) : "";
            hash.Append(Encoding.UTF8.GetBytes($"{identity(example.StoreIndex)}|{target.Class}|{caption}\n"));
        }

        hash.Append(Encoding.UTF8.GetBytes(whole));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
