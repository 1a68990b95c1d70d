using System.Diagnostics;
using TaskGrain.Data;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Models;

namespace TaskGrain.Evaluation;

/// <summary>
/// Measures a model on a split of a data set: its own classes, groups from categories and categories from groups, a
/// linear probe, captions, and beside each the baseline that needs no understanding (Tables 1, 2 and 6 to 8).
/// </summary>
public static class Evaluator
{
    /// <summary>Runs an evaluation.</summary>
    /// <param name="model">The model, with any head; stays in the mode it is in.</param>
    /// <param name="store">
    /// Frames in the model's format, and annotations, whose categories are matched by name to the model's: to those it
    /// was taught, where it was.
    /// </param>
    /// <param name="options">What is measured; null for the defaults.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="TaskGrainException">
    /// Model and store do not go together, the model does not know a category of the split, no clip of the split
    /// has a label, or the model's outputs are not numbers.
    /// </exception>
    public static EvaluationReport Run(
        VideoModel model,
        LabelledStore store,
        EvaluationOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(store);
        options ??= new EvaluationOptions();
        options.Validate();
        ModelDescription description = Measured(model.Description, store.DataSet);
        if (store.Frames.Format != description.Frames)
        {
            throw new TaskGrainException(
                $"{store.Folder}: the store holds frames of {store.Frames.Format}, the model reads "
                    + $"{description.Frames}; pack the data set again in that format."
            );
        }

        long start = Stopwatch.GetTimestamp();
        store = store.Aligned(description.Taxonomy, options.Split);
        DataSet data = store.DataSet;
        LabelledClips clips = store.Labelled(options.Split);
        using var session = new InferenceSession(model);
        var training = new TrainingFeatures(session, store, options, progress, cancel);
        ClipPass pass = ClipPass.Run(
            session,
            store.Frames,
            clips.StoreIndices,
            heads: true,
            options,
            $"evaluating {options.Split.Name()}",
            progress,
            cancel
        );

        ClassificationPart? classification = pass.Probabilities is { } scores
            ? ClassificationPart.Measure(description, data, clips, scores)
            : null;
        var accuracies = new List<AccuracyRow>(classification?.Rows ?? []);
        accuracies.AddRange(ProbeRows(description, data, clips, pass, training, options, cancel));
        accuracies.AddRange(BaselineRows.Of(data, clips, [.. accuracies.Select(row => row.TestedOn).Distinct()]));
        CaptionPart? captions = pass.Captions is not null
            ? CaptionPart.Measure(description, data, clips, pass, training, options, cancel)
            : null;

        return new EvaluationReport
        {
            Architecture = description.Encoder.Architecture.ToString(),
            Parameters = model.Encoder.parameters().Sum(p => p.numel()),
            TrainedOn = description.Granularity,
            Data = data.Name,
            Split = options.Split,
            Clips = clips.Count,
            Notes = [.. clips.Notes, .. captions?.Notes ?? [], .. Caution(options.Split)],
            Accuracies = accuracies,
            Captions = captions?.Rows ?? [],
            PerClass = classification?.PerClass,
            Results = Results(description, clips, pass, captions),
            Confusion = classification?.Confusion,
            GroupOf = classification?.GroupOf,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
    }

    /// <summary>
    /// A model as it is measured: one that was taught classes knows those, in the groups that the data set has them in.
    /// </summary>
    private static ModelDescription Measured(ModelDescription description, DataSet data)
    {
        if (description.Taught is not { } taught)
        {
            return description;
        }

        try
        {
            return description with
            {
                Taxonomy = Taxonomy.Grouped(taught.Classes, data.Taxonomy),
                Granularity = Granularity.ActionCategories,
            };
        }
        catch (ArgumentException fault)
        {
            throw new TaskGrainException(
                $"The model's taught classes cannot be told apart by their names: {fault.Message}.",
                fault
            );
        }
    }

    private static string[] Caution(Split split) =>
        split == Split.Train
            ? ["These clips were trained on: the numbers say what the model remembers, not what it has understood."]
            : [];

    /// <summary>A linear classifier on the frozen features (Table 2); nothing when none was asked for.</summary>
    private static IEnumerable<AccuracyRow> ProbeRows(
        ModelDescription description,
        DataSet data,
        LabelledClips clips,
        ClipPass pass,
        TrainingFeatures training,
        EvaluationOptions options,
        CancellationToken cancel
    )
    {
        if (options.LinearProbe is not { } grain)
        {
            return [];
        }

        int classes = grain == Granularity.ActionGroups ? data.Taxonomy.Groups.Count : data.Taxonomy.Categories.Count;
        LinearProbe probe = LinearProbe.Fit(
            training.Features,
            training.Clips.Targets(data.Taxonomy, grain),
            classes,
            options.Probe,
            cancel
        );
        ClassificationMetrics metrics = ClassificationMetrics.Measure(
            probe.Scores(pass.Features),
            clips.Targets(data.Taxonomy, grain)
        );
        return
        [
            AccuracyRow.Of(metrics, AccuracyMethod.LinearProbe, description.Granularity, grain) with
            {
                TrainingClips = training.Clips.Count,
            },
        ];
    }

    private static ClipResult[] Results(
        ModelDescription description,
        LabelledClips clips,
        ClipPass pass,
        CaptionPart? captions
    )
    {
        int[] truth = clips.Targets(description.Taxonomy, description.Granularity);
        int[]? best = pass.Probabilities?.Best();
        return
        [
            .. Enumerable
                .Range(0, clips.Count)
                .Select(i => new ClipResult(
                    clips.Annotations[i].Id,
                    description.Classes[truth[i]],
                    best is null ? null : description.Classes[best[i]],
                    best is null ? null : pass.Probabilities!.Row(i)[best[i]],
                    captions?.Truth[i],
                    pass.Captions?[i]
                )),
        ];
    }
}
