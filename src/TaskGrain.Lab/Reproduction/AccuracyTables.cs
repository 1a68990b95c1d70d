using TaskGrain.Evaluation;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using static TaskGrain.Evaluation.TableColumn;

namespace TaskGrain.Lab.Reproduction;

/// <summary>Tables 1 and 2: how well classes are told apart.</summary>
internal static class AccuracyTables
{
    /// <summary>Adds Table 1.</summary>
    public static void Table1(StudyPage page, PartMeasurements measured)
    {
        if (measured.Begin(page, PaperPart.Table1, "Table 1: the division between the channels") is not { } seeds)
        {
            return;
        }

        page.Table(
            ["model", "ours", Number("top-1"), Number("paper, test")],
            [
                .. measured.Recipe.Architectures.Select(architecture =>
                    new[]
                    {
                        architecture.Paper.ToString(),
                        architecture.Ours.ToString(),
                        PartMeasurements.MeanTop1(
                            seeds,
                            SourceTask.Categories,
                            architecture,
                            AccuracyMethod.Classifier,
                            Granularity.ActionCategories
                        ),
                        PaperFigures.Of(
                            PaperFigures.Table1.Single(row => row.Architecture == architecture.Paper).Test
                        ),
                    }
                ),
            ]
        );
    }

    /// <summary>Adds Table 2.</summary>
    public static void Table2(StudyPage page, PartMeasurements measured)
    {
        if (measured.Begin(page, PaperPart.Table2, "Table 2: coarse and fine labels") is not { } seeds)
        {
            return;
        }

        PaperArchitecture equal = ReproductionPlan.Equal(measured.Recipe);
        string[] Row(
            string trained,
            string tested,
            SourceTask task,
            AccuracyMethod method,
            Granularity grain,
            double? paper
        ) => [trained, tested, PartMeasurements.MeanTop1(seeds, task, equal, method, grain), PaperFigures.Of(paper)];
        page.Table(
            ["trained on", "tested on", Number("ours"), Number("paper")],
            [
                Row(
                    "groups",
                    "groups",
                    SourceTask.Groups,
                    AccuracyMethod.Classifier,
                    Granularity.ActionGroups,
                    PaperFigures.CoarseAtCoarse
                ),
                Row(
                    "groups",
                    "categories, linear probe",
                    SourceTask.Groups,
                    AccuracyMethod.LinearProbe,
                    Granularity.ActionCategories,
                    PaperFigures.CoarseProbedFine
                ),
                Row(
                    "groups",
                    "categories, most frequent of the group",
                    SourceTask.Groups,
                    AccuracyMethod.MostFrequentOfGroup,
                    Granularity.ActionCategories,
                    PaperFigures.MostFrequentOfGroup
                ),
                Row(
                    "categories",
                    "groups, summed",
                    SourceTask.Categories,
                    AccuracyMethod.SummedFromFiner,
                    Granularity.ActionGroups,
                    PaperFigures.FineAtCoarse
                ),
                Row(
                    "categories",
                    "categories",
                    SourceTask.Categories,
                    AccuracyMethod.Classifier,
                    Granularity.ActionCategories,
                    PaperFigures.FineAtFine
                ),
                Row(
                    "categories",
                    "categories, linear probe",
                    SourceTask.Categories,
                    AccuracyMethod.LinearProbe,
                    Granularity.ActionCategories,
                    null
                ),
            ]
        );
    }
}
