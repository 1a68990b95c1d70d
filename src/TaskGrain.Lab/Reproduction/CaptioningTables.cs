using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Reproduction;

/// <summary>Tables 6, 7 and 8: how well clips are described.</summary>
internal static class CaptioningTables
{
    /// <summary>Adds Table 6 or 8: captions by the division between the channels.</summary>
    public static void Divisions(StudyPage page, PartMeasurements measured, PaperPart part)
    {
        bool simplified = part == PaperPart.Table6;
        string title = simplified ? "Table 6: simplified captions" : "Table 8: full captions";
        if (measured.Begin(page, part, title) is not { } seeds)
        {
            return;
        }

        SourceTask task = simplified ? SourceTask.SimplifiedJoint : SourceTask.CaptionsJoint;
        IReadOnlyList<PaperCaptioning> paper = simplified ? PaperFigures.Table6 : PaperFigures.Table8;
        page.Table(
            [
                "model",
                Number("BLEU-4"),
                Number("ROUGE-L"),
                Number("METEOR"),
                Number("exact match"),
                Number("classification"),
                Number("paper: BLEU-4"),
                Number("ROUGE-L"),
                Number("METEOR"),
                Number("exact match"),
                Number("classification"),
            ],
            [
                .. paper.Select(row =>
                {
                    PaperArchitecture ours = measured.Recipe.Architectures.Single(one => one.Paper == row.Architecture);
                    CaptionRow? Caption(SeedMeasurements seed) =>
                        PartMeasurements.Of(seed, task, ours)?.Caption(CaptionMethod.Decoder);
                    return new[]
                    {
                        row.Architecture.ToString(),
                        PartMeasurements.Mean(seeds, seed => Caption(seed)?.Scores.Bleu4),
                        PartMeasurements.Mean(seeds, seed => Caption(seed)?.Scores.RougeL),
                        PartMeasurements.Mean(seeds, seed => Caption(seed)?.Scores.Meteor),
                        PartMeasurements.Mean(seeds, seed => Caption(seed)?.Scores.ExactMatch),
                        PartMeasurements.MeanTop1(
                            seeds,
                            task,
                            ours,
                            AccuracyMethod.Classifier,
                            Granularity.ActionCategories
                        ),
                        PaperFigures.Of(row.Scores.Bleu4),
                        PaperFigures.Of(row.Scores.RougeL),
                        PaperFigures.Of(row.Scores.Meteor),
                        PaperFigures.Of(row.Scores.ExactMatch),
                        PaperFigures.Of(row.Scores.Classification),
                    };
                }),
            ]
        );
    }

    /// <summary>Adds Table 7.</summary>
    public static void Table7(StudyPage page, PartMeasurements measured)
    {
        if (measured.Begin(page, PaperPart.Table7, "Table 7: joint training against captioning alone") is not { } seeds)
        {
            return;
        }

        PaperArchitecture equal = ReproductionPlan.Equal(measured.Recipe);
        string[] Row(string name, SourceTask task, CaptionMethod method, double exact, double? classification) =>
            [
                name,
                PartMeasurements.Mean(
                    seeds,
                    seed => PartMeasurements.Of(seed, task, equal)?.Caption(method)?.Scores.ExactMatch
                ),
                PartMeasurements.Mean(
                    seeds,
                    seed => PartMeasurements.Of(seed, task, equal)?.Caption(method)?.Scores.Bleu4
                ),
                classification is null
                    ? ""
                    : PartMeasurements.MeanTop1(
                        seeds,
                        task,
                        equal,
                        AccuracyMethod.LinearProbe,
                        Granularity.ActionCategories
                    ),
                PaperFigures.Of(exact),
                PaperFigures.Of(classification),
            ];
        page.Table(
            [
                "model",
                Number("exact match"),
                Number("BLEU-4"),
                Number("linear probe"),
                Number("paper: exact match"),
                Number("classification"),
            ],
            [
                Row(
                    "joint, λ = 0.1",
                    SourceTask.SimplifiedJoint,
                    CaptionMethod.Decoder,
                    PaperFigures.Joint.ExactMatch,
                    PaperFigures.Joint.Classification
                ),
                Row(
                    "captions alone, λ = 0",
                    SourceTask.SimplifiedAlone,
                    CaptionMethod.Decoder,
                    PaperFigures.CaptionsAlone.ExactMatch,
                    PaperFigures.CaptionsAlone.Classification
                ),
                Row(
                    "template baseline",
                    SourceTask.SimplifiedJoint,
                    CaptionMethod.Template,
                    PaperFigures.SimplifiedTemplate,
                    null
                ),
            ]
        );
    }
}
