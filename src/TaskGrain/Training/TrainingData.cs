using System.IO.Hashing;
using System.Text;
using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Training;

/// <summary>
/// The clips of a packed store with their targets at one granularity. A clip that cannot be used is left out and
/// counted, never replaced by another.
/// </summary>
internal sealed class TrainingData : IDisposable
{
    private TrainingData(LabelledStore store) => Store = store;

    /// <summary>Frames and annotations.</summary>
    public LabelledStore Store { get; }

    /// <summary>The words of the captions; null at the action grains.</summary>
    public Vocabulary? Vocabulary { get; private init; }

    /// <summary>Clips to train on.</summary>
    public int TrainingClips => Training.Count;

    /// <summary>Clips to validate on.</summary>
    public int ValidationClips => Validation.Count;

    /// <summary>True when the data set has no validation clips, so that the training clips stand in for them.</summary>
    public bool ValidatesOnTraining { get; private init; }

    /// <summary>How many clips of the two splits were left out, by reason.</summary>
    public IReadOnlyDictionary<string, int> LeftOut { get; private init; } =
        new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>A checksum of clips and targets: a run can only be resumed on the same.</summary>
    internal string Fingerprint { get; private init; } = "";

    internal IReadOnlyList<ClipExample> Training { get; private init; } = [];

    internal IReadOnlyList<ClipExample> Validation { get; private init; } = [];

    /// <summary>Opens a store and makes targets for its clips.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="configuration">Granularity and captions.</param>
    /// <returns>The data.</returns>
    /// <exception cref="TaskGrainException">
    /// There is no store, no data set in it, or not one clip to train on; says why.
    /// </exception>
    public static TrainingData Open(string folder, RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        LabelledStore store = LabelledStore.Open(folder);
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

    /// <summary>Closes the store.</summary>
    public void Dispose() => Store.Dispose();

    private static TrainingData Make(LabelledStore store, RunConfiguration configuration)
    {
        DataSet data = store.DataSet;
        var captions = new CaptionTargets(data.Taxonomy, configuration.Captions);
        Vocabulary? vocabulary = configuration.Granularity.IsCaption()
            ? captions.BuildVocabulary(data, configuration.Granularity)
            : null;
        var targets = new TargetMaker(
            data.Taxonomy,
            captions,
            vocabulary,
            new TargetOptions(configuration.Granularity, configuration.Clip.Flip, configuration.Model.CaptionLength)
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
            Validation = validation.Count > 0 ? validation : training,
            ValidatesOnTraining = validation.Count == 0,
            LeftOut = leftOut,
            Fingerprint = Checksum(store.Frames, training, validation),
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

    private static string Checksum(FrameStore store, List<ClipExample> training, List<ClipExample> validation)
    {
        var hash = new XxHash128();
        foreach (ClipExample example in training.Concat(validation))
        {
            int index = example.StoreIndex;
            ClipTarget target = example.Target!;
            string caption = target.Caption is { } words ? string.Join(' ', words) : "";
            hash.Append(
                Encoding.UTF8.GetBytes(
                    $"{index}|{store.Ids[index]}|{store.FrameCount(index)}|{target.Class}|{caption}\n"
                )
            );
        }

        hash.Append(Encoding.UTF8.GetBytes($"{training.Count}|{validation.Count}|{store.Format}"));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
