using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Transfer.Courses;

namespace TaskGrain.Transfer.Teaching;

/// <summary>
/// Finds the sources and the classifier that do best on held-out clips, and fits them: those in closed form by
/// <see cref="CourseSearch"/>, those trained by descent by <see cref="FewShotTrainer"/>.
/// </summary>
internal sealed class TeachSearch
{
    /// <summary>With more sources than this, each alone and all together are tried, not every selection.</summary>
    private const int MostCombined = 4;

    /// <summary>With more clips than this likewise: they decide well enough, and take longer.</summary>
    private const int MostClipsCombined = 300;

    private readonly IReadOnlyList<FeatureSequence[]> _sources;
    private readonly int[] _labels;
    private readonly int _classes;
    private readonly TeachOptions _options;
    private readonly CourseSearch _courses;
    private readonly Action _measured;

    // What was measured last is often what is fitted next, and a training by descent takes seconds.
    private readonly Dictionary<CourseCandidate, (int[] Clips, FewShotFit Fit)> _trained = [];

    /// <param name="clips">The clips to learn from.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="options">Which classifiers, seed and threads.</param>
    /// <param name="measured">Told after every comparison of all candidates.</param>
    /// <param name="alone">Whether the sources are tried alone, not together.</param>
    public TeachSearch(
        IReadOnlyList<TeachClip> clips,
        int classes,
        TeachOptions options,
        Action measured,
        bool alone = false
    )
    {
        int sources = clips[0].Features.Count;
        _sources =
        [
            .. Enumerable.Range(0, sources).Select(source => clips.Select(clip => clip.Features[source]).ToArray()),
        ];
        _labels = [.. clips.Select(clip => clip.Clip.Class)];
        _classes = classes;
        _options = options;
        _measured = measured;
        _courses = new CourseSearch(_sources, _labels, classes, options.ThreadCount);
        Candidates =
        [
            .. Selections(sources, clips.Count)
                .Where(selection => !alone || selection.Length == 1)
                .SelectMany(selection => options.Classifiers.Select(kind => new CourseCandidate(selection, kind))),
        ];
    }

    /// <summary>Everything that is tried.</summary>
    public IReadOnlyList<CourseCandidate> Candidates { get; }

    /// <summary>
    /// What is taken where nothing can be held out to choose by: all sources, and the last classifier that was named.
    /// </summary>
    public CourseScore Default =>
        new(
            Candidates[^1],
            CourseSearch.DefaultRidge,
            CourseSearch.DefaultTemperature,
            Accuracy: double.NaN,
            Loss: double.NaN,
            Rows: []
        );

    /// <summary>Measures every candidate on held-out clips.</summary>
    /// <param name="clips">Numbers of the clips that may be looked at.</param>
    /// <param name="foldOf">The fold of each of them.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>The scores, in the order of <see cref="Candidates"/>.</returns>
    public IReadOnlyList<CourseScore> Measure(int[] clips, int[] foldOf, CancellationToken cancel)
    {
        CourseCandidate[] closed = [.. Candidates.Where(one => InClosedForm(one.Kind))];
        var found = new Queue<CourseScore>(_courses.Measure(clips, foldOf, closed, cancel));
        CourseScore[] scores =
        [
            .. Candidates.Select(one => InClosedForm(one.Kind) ? found.Dequeue() : Descend(one, clips, cancel)),
        ];
        _measured();
        return scores;
    }

    /// <summary>The best of some scores.</summary>
    public static CourseScore Best(IReadOnlyList<CourseScore> scores) =>
        scores.OrderByDescending(score => score.Accuracy).ThenBy(score => score.Loss).First();

    /// <summary>Fits what was chosen.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="clips">Numbers of the clips to learn from.</param>
    /// <param name="cancel">Stops between two updates.</param>
    public FewShotClassifier Fit(CourseScore choice, int[] clips, CancellationToken cancel) =>
        InClosedForm(choice.Candidate.Kind)
            ? _courses.Fit(choice.Candidate, choice.Ridge, choice.Temperature, clips)
            : Train(choice.Candidate, clips, cancel).Classifier;

    /// <summary>A clip's vectors of some sources, joined.</summary>
    public FeatureSequence Joined(CourseCandidate candidate, int clip) =>
        CombinedSource.Join([.. candidate.Sources.Select(source => _sources[source][clip])]);

    private static bool InClosedForm(ClassifierKind kind) => ClassifierKinds.ForFewClips.Contains(kind);

    /// <summary>A classifier trained by descent holds clips out by itself, to know when to stop.</summary>
    private CourseScore Descend(CourseCandidate candidate, int[] clips, CancellationToken cancel)
    {
        FewShotSelection selection = Train(candidate, clips, cancel).Selection;
        return new CourseScore(
            candidate,
            CourseSearch.DefaultRidge,
            CourseSearch.DefaultTemperature,
            selection.Accuracy ?? 0,
            selection.Loss ?? double.PositiveInfinity,
            [.. selection.HeldOut ?? []]
        );
    }

    private FewShotFit Train(CourseCandidate candidate, int[] clips, CancellationToken cancel)
    {
        if (_trained.TryGetValue(candidate, out (int[] Clips, FewShotFit Fit) last) && last.Clips.SequenceEqual(clips))
        {
            return last.Fit;
        }

        FewShotFit fit = FewShotTrainer.Fit(
            candidate.Kind,
            [.. clips.Select(clip => Joined(candidate, clip))],
            [.. clips.Select(clip => _labels[clip])],
            _classes,
            FewShotOptions.For(candidate.Kind) with
            {
                Threads = _options.Threads,
            },
            _options.Seed,
            cancel
        );
        _trained[candidate] = (clips, fit);
        return fit;
    }

    /// <summary>Selections of sources, single ones first, all of them last.</summary>
    private static IEnumerable<int[]> Selections(int sources, int clips)
    {
        int[] all = [.. Enumerable.Range(0, sources)];
        if (sources > MostCombined || clips > MostClipsCombined)
        {
            return [.. all.Select(source => (int[])[source]), all];
        }

        return Enumerable
            .Range(1, (1 << sources) - 1)
            .Select(bits => all.Where(source => (bits >> source & 1) == 1).ToArray())
            .OrderBy(selection => selection.Length);
    }
}
