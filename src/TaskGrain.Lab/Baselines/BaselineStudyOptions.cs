using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Lab.Baselines;

/// <summary>What the baselines are compared on, and what beside.</summary>
internal sealed record BaselineStudyOptions
{
    /// <summary>
    /// Folder, clips, and the configuration of our own encoder, from which the caption decoder's sizes and the rare
    /// words of captions come as well; <see cref="StudyOptions.Repeats"/> is not looked at.
    /// </summary>
    public required StudyOptions Study { get; init; }

    /// <summary>A data set's folder or a frame store, in place of generated clips; null for these.</summary>
    public string? Data { get; init; }

    /// <summary>The frozen sources of features.</summary>
    public required IReadOnlyList<SourceChoice> Sources { get; init; }

    /// <summary>What is learned on them.</summary>
    public IReadOnlyList<BaselineMethod> Methods { get; init; } = BaselineMethods.All;

    /// <summary>How the baselines are trained.</summary>
    public BaselineOptions Training { get; init; } = new();

    /// <summary>Runs of every baseline: seeds 1, 2, 3 ….</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>The grain of the captions.</summary>
    public Granularity Captions { get; init; } = Granularity.Captions;

    /// <summary>Model files measured beside the baselines as they are, by name.</summary>
    public IReadOnlyList<(string Name, string Path)> Models { get; init; } = [];

    /// <summary>Runs of our own encoder trained on the same clips; 0 for none.</summary>
    public int EncoderRuns { get; init; }

    /// <summary>The split that is measured.</summary>
    public Split Split { get; init; } = Split.Test;

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Some cannot be; the message says which.</exception>
    public void Validate()
    {
        Study.Validate();
        Training.Validate();
        if (!Captions.IsCaption())
        {
            throw new TaskGrainException(
                $"baselines: {Captions.Name()} are no captions; take simplified-captions or captions."
            );
        }

        if (Seeds < 1 || Sources.Count == 0 || EncoderRuns < 0)
        {
            throw new TaskGrainException(
                $"baselines: {Seeds} seeds, {Sources.Count} sources and {EncoderRuns} encoders cannot be; take at "
                    + "least one seed and one source, and no fewer encoders than none."
            );
        }

        if (Sources.FirstOrDefault(source => source.Untrained) is { } untrained)
        {
            throw new TaskGrainException(
                $"baselines: '{untrained.Name}' is untrained; name a frozen network that was trained."
            );
        }

        TransferBenchmark.RequireNames([.. Sources.Select(source => source.Name)]);
    }
}
