using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Courses;

namespace TaskGrain.Transfer.Teaching;

/// <summary>Puts a report together from what came out of a lesson.</summary>
internal static class TeachReports
{
    /// <summary>The report, without times and without what is measured afterwards.</summary>
    public static TeachReport Of(
        ClipFolder folder,
        TeachSources sources,
        IReadOnlyList<TeachClip> shots,
        Lesson.Outcome outcome,
        IReadOnlyList<ClipProblem> problems
    )
    {
        int classes = folder.Classes.Count;
        int[] labels = [.. shots.Select(clip => clip.Clip.Class)];
        int[][] confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        for (int i = 0; i < labels.Length; i++)
        {
            confusion[labels[i]][ScoreMatrix.BestOf(outcome.HeldOut[i])]++;
        }

        int right = Enumerable.Range(0, classes).Sum(c => confusion[c][c]);
        return new TeachReport
        {
            Classes = folder.Classes,
            ClipsPerClass = [.. confusion.Select(row => row.Sum())],
            Source = NameOf(outcome.Choice, sources),
            Classifier = outcome.Choice.Kind.Word(),
            Candidates = [.. outcome.Scores.Select(score => Candidate(score, sources, labels.Length))],
            ExpectedAccuracy = (double)right / labels.Length,
            ExpectedInterval = Interval.Wilson(right, labels.Length),
            Folds = outcome.FoldOf.Max() + 1,
            Groups = outcome.Groups,
            KnownGroups = outcome.KnownGroups,
            Confusion = confusion,
            Doubtful =
            [
                .. DoubtfulClips
                    .Find(outcome.HeldOut, labels)
                    .Select(found => new DoubtfulClip(
                        shots[found.Clip].Clip.Path,
                        folder.Classes[labels[found.Clip]],
                        folder.Classes[found.LooksLike],
                        outcome.HeldOut[found.Clip][labels[found.Clip]],
                        outcome.HeldOut[found.Clip][found.LooksLike]
                    )),
            ],
            Problems = problems,
            ExtractionSeconds = 0,
            TrainingSeconds = 0,
        };
    }

    private static ClassifierCandidate Candidate(CourseScore score, TeachSources sources, int clips)
    {
        bool measured = score.Rows.Length > 0;
        return new ClassifierCandidate(
            NameOf(score.Candidate, sources),
            score.Candidate.Kind.Word(),
            measured ? score.Accuracy : null,
            measured ? Interval.Wilson((int)Math.Round(score.Accuracy * clips), clips) : null,
            measured ? score.Loss : null
        );
    }

    private static string NameOf(CourseCandidate candidate, TeachSources sources) =>
        string.Join(" + ", candidate.Sources.Select(source => sources.Names[source]));
}
