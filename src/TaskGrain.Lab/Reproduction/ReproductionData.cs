using System.IO.Hashing;
using System.Text;
using TaskGrain.Data;
using TaskGrain.Lab.Baselines;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Video;

namespace TaskGrain.Lab.Reproduction;

/// <summary>
/// The data of a reproduction: packed or generated when it is first asked for, and compared by its hash with what
/// earlier slices measured on.
/// </summary>
/// <param name="folder">Where measurements are kept; data lies in its work folder.</param>
/// <param name="options">What the reproduction is made with.</param>
/// <param name="progress">Told how far long work is; null for nobody.</param>
internal sealed class ReproductionData(
    MeasurementFolder folder,
    ReproductionOptions options,
    IProgress<WorkProgress>? progress
)
{
    /// <summary>The name of the frame baselines' clips.</summary>
    public const string FrameClips = "frames";

    private readonly SizeRecipe _recipe = SizeRecipe.Of(options.Size);
    private readonly Dictionary<string, (string Store, string Hash)> _made = new(StringComparer.Ordinal);

    /// <summary>The store that models are trained and measured on.</summary>
    /// <param name="cancel">Stops the work; what is finished stays.</param>
    /// <returns>Its folder and hash.</returns>
    public (string Store, string Hash) Source(CancellationToken cancel) =>
        options.Data is { } data
            ? Once("source", store => Pack(DataSet.Open(data), store, RunPresets.Frames(_recipe.Preset), null, cancel))
            : Once(
                "source",
                store =>
                    Generate(
                        new SynthesisOptions
                        {
                            Clips = options.Clips ?? _recipe.Clips,
                            Seed = options.DataSeed,
                            Categories = _recipe.Categories,
                            ValidationShare = 0.1,
                            TestShare = 0.15,
                        },
                        store,
                        RunPresets.Frames(_recipe.Preset),
                        null,
                        cancel
                    )
            );

    /// <summary>The store that features are carried over to.</summary>
    /// <param name="target">The target's name in the plan.</param>
    /// <param name="format">The frames a source reads.</param>
    /// <param name="cancel">Stops the work; what is finished stays.</param>
    /// <returns>Its folder and hash.</returns>
    public (string Store, string Hash) Target(string target, FrameFormat format, CancellationToken cancel)
    {
        // Frames for a network of other people are large: kept as JPEG.
        FrameCompression? compression = format.Width > FrameFormat.Paper.Width ? FrameCompression.Jpeg() : null;
        string name = $"{target}-{format.Width}x{format.Height}-{format.FramesPerSecond}".Replace('/', '_');
        Func<DataSet>? real =
            target != ReproductionPlan.Kitchenware
                ? () => options.Real.Single(one => one.Name == target).Open(options.DataSeed)
            : options.Kitchenware is { } kitchenware ? () => DataSet.Open(kitchenware)
            : null;
        return Once(
            name,
            store =>
            {
                if (real is not null)
                {
                    Pack(real(), store, format, compression, cancel);
                }
                else
                {
                    Generate(
                        SynthesisOptions.PaperKitchenware with
                        {
                            Clips = _recipe.TargetClips,
                            Seed = options.DataSeed,
                            ValidationShare = 0,
                            TestShare = 0.7,
                        },
                        store,
                        format,
                        compression,
                        cancel
                    );
                }
            }
        );
    }

    /// <summary>
    /// What the frame baselines are compared on: the data set, or a generated set of its own, whose seed is another
    /// than the source set's, which the shipped model may have seen.
    /// </summary>
    /// <param name="machine">Device, precision and threads, as settings.</param>
    public BaselineStudyOptions FrameBaselines(IReadOnlyList<string> machine) =>
        new()
        {
            Study = new StudyOptions
            {
                Folder = Path.Combine(folder.Work, FrameClips),
                Clips = _recipe.FrameClips,
                Seed = options.DataSeed + 1,
                Categories = _recipe.Categories,
                Preset = _recipe.Preset,
                Settings = [.. _recipe.Settings, .. options.Settings, .. machine],
            },
            Data = options.Data,
            Sources = [SourceChoice.Parse(ReproductionPlan.ImageNet)],
            Training = _recipe.FrameBaselines,

            // The official test split has no labels.
            Split =
                options.Data is null || DataSet.Open(options.Data).Of(Split.Test).Any(clip => clip.Category >= 0)
                    ? Split.Test
                    : Split.Validation,
        };

    private (string Store, string Hash) Once(string name, Action<string> make)
    {
        if (!_made.TryGetValue(name, out (string Store, string Hash) made))
        {
            string store = Path.Combine(folder.Work, "data", name);
            string finished = $"{store}.hash";
            if (!File.Exists(finished))
            {
                make(store);
                AtomicFile.WriteText(finished, Hash(store));
            }

            // A process that works beside the one that made it reads it while others do.
            made = (store, File.ReadAllText(finished));
            folder.RequireData(name, made.Hash);
            _made[name] = made;
        }

        return made;
    }

    private void Generate(
        SynthesisOptions synthesis,
        string store,
        FrameFormat format,
        FrameCompression? compression,
        CancellationToken cancel
    ) => SyntheticSet.WriteStore(synthesis, store, format, compression, progress, cancel);

    private void Pack(
        DataSet data,
        string store,
        FrameFormat format,
        FrameCompression? compression,
        CancellationToken cancel
    )
    {
        PackReport report = LabelledStore.Pack(
            data,
            store,
            new PackOptions { Format = format, Compression = compression ?? FrameCompression.Raw },
            progress,
            cancel
        );
        cancel.ThrowIfCancellationRequested();
        if (report.Added + report.AlreadyThere == 0)
        {
            throw new TaskGrainException($"{data.Folder}: no clip could be packed: look the data set over first.");
        }
    }

    /// <summary>A hash of frames and labels.</summary>
    private static string Hash(string store)
    {
        using LabelledStore opened = LabelledStore.Open(store);
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes(opened.Frames.ContentHash()));
        foreach (Annotation annotation in opened.DataSet.Annotations.OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            hash.Append(
                Encoding.UTF8.GetBytes(
                    $"{annotation.Id}\n{annotation.Split} {annotation.Category}\n{annotation.Label}\n"
                )
            );
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
