using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Explain.Reports;

/// <summary>What a report was made of.</summary>
/// <param name="File">The page.</param>
/// <param name="Sections">Names of its sections.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record ReportSummary(string File, IReadOnlyList<string> Sections, long Bytes);

/// <summary>Makes the page of a run.</summary>
internal static class RunReport
{
    /// <summary>Composes the page.</summary>
    /// <param name="run">What the run's folder holds.</param>
    /// <param name="store">Where its clips are; null for a page without pictures.</param>
    /// <param name="model">The model that explains examples; null for none.</param>
    /// <param name="options">How much is shown.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The page.</returns>
    /// <exception cref="TaskGrainException">A clip of the store is damaged.</exception>
    public static ReportPage Compose(
        RunFolder run,
        LabelledStore? store,
        VideoModel? model,
        ReportOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        using VideoExplainer? explainer = model is null ? null : new VideoExplainer(model);
        var sections = new List<ReportSection>();
        if (run.Training is { } training)
        {
            sections.AddRange(TrainingSections.Of(training, Classes(run, model)));
        }

        if (run.Evaluation is { } evaluation)
        {
            Taxonomy taxonomy = store?.DataSet.Taxonomy ?? model?.Description.Taxonomy ?? Taxonomy.SomethingSomething;
            var pictures = new ReportPictures(store, explainer, options.PictureBytes);
            sections.AddRange(EvaluationSections.Of(evaluation, taxonomy, pictures, options, progress, cancel));
        }

        if (run.Teaching is { } teaching)
        {
            sections.AddRange(TeachingSections.Of(teaching, matrix: run.Evaluation?.Confusion is null));
        }

        if (run.Transfer is { } transfer)
        {
            sections.AddRange(TransferSections.Of(transfer));
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Folder)));
        return new ReportPage($"Report on {name}", $"{Kinds(run)}, by TaskGrain.", sections);
    }

    /// <summary>Writes the page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <returns>What was written.</returns>
    public static ReportSummary Write(ReportPage page, string path)
    {
        AtomicFile.WriteText(path, PageHtml.Of(page));
        return new ReportSummary(path, [.. page.Sections.Select(s => s.Title)], new FileInfo(path).Length);
    }

    private static int? Classes(RunFolder run, VideoModel? model) =>
        model?.Description.Classes.Count
        ?? run.Evaluation?.Confusion?.Classes
        ?? (run.Model is { } file ? ModelFile.LoadDescription(file).Classes.Count : null);

    private static string Kinds(RunFolder run)
    {
        string[] kinds =
        [
            .. new[]
            {
                (run.Training is not null, "a training"),
                (run.Evaluation is not null, "an evaluation"),
                (run.Teaching is not null, "a teaching"),
                (run.Transfer is not null, "a benchmark of transfer"),
            }
                .Where(kind => kind.Item1)
                .Select(kind => kind.Item2),
        ];
        string all = kinds.Length == 1 ? kinds[0] : $"{string.Join(", ", kinds[..^1])} and {kinds[^1]}";
        return char.ToUpperInvariant(all[0]) + all[1..];
    }
}
