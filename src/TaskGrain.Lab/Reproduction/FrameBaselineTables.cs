using TaskGrain.Lab.Baselines;
using TaskGrain.Lab.Studies;

namespace TaskGrain.Lab.Reproduction;

/// <summary>Tables 3 and 4: what single frames tell.</summary>
internal static class FrameBaselineTables
{
    /// <summary>Adds Table 3, or Table 4, from the frame baselines.</summary>
    /// <param name="page">Receives it.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="part">Which.</param>
    public static void Add(StudyPage page, PartMeasurements measured, PaperPart part)
    {
        if (measured.WantedSite(part) is not { } site)
        {
            return;
        }

        BaselineSeed[] seeds =
        [
            .. measured
                .At(site)
                .Values.Where(one => one.FrameBaselines is not null)
                .OrderBy(one => one.Seed)
                .Select(one => one.FrameBaselines!),
        ];
        BaselineReport report = BaselineReport.Of(seeds);
        page.Paragraph(
                part == PaperPart.Table3
                    ? "## Table 3: what single frames tell"
                    : $"## Table 4: captions from single frames, {BaselineText.Grain(report)}"
            )
            .Paragraph(
                $"Measured on {site}, {seeds.Length} training seeds, {report.TrainingClips} clips to learn from and "
                    + $"{report.Clips} to measure on. Weights: "
                    + string.Join("; ", report.Sources.Select(source => $"{source.Name}, {source.Weights}, frozen"))
                    + "."
            );
        if (part == PaperPart.Table3)
        {
            page.Table(BaselineText.AccuracyColumns, [.. BaselineText.AccuracyRows(report)]);
        }
        else
        {
            page.Table(BaselineText.CaptionColumns, [.. BaselineText.CaptionRows(report)]);
        }
    }
}
