using System.Diagnostics;
using TaskGrain.Explain;
using TaskGrain.Inference;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Synthesis;
using TaskGrain.Video;

namespace TaskGrain.Lab.Studies.Explaining;

/// <summary>
/// Are the maps of explanations faithful? On generated clips it is known where and when the action is: maps are set
/// beside a uniform map, one that favours the middle, and those of models of random weights (Adebayo et al. 2018); and
/// what they call salient is taken away from the clips and given to them.
/// </summary>
internal sealed class ExplainStudy
{
    private readonly ExplainStudyOptions _options;
    private readonly WorldGenerator _generator;

    /// <param name="options">What is measured.</param>
    /// <exception cref="TaskGrainException">The options are not valid.</exception>
    public ExplainStudy(ExplainStudyOptions options)
    {
        options.Validate();
        _options = options;
        _generator = new WorldGenerator(
            new SynthesisOptions
            {
                Clips = options.Clips,
                Seed = options.Seed,
                Categories = options.Categories,
            }
        );
    }

    /// <summary>Measures everything.</summary>
    /// <param name="progress">Told after every clip, or null.</param>
    /// <param name="cancel">Stops between two clips.</param>
    public ExplainMeasurements Run(IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        using VideoModel model = ModelFile.Load(_options.Model);
        using var explainer = new VideoExplainer(model);
        int[] classes = ClassesOf(explainer);
        VideoExplainer[] random =
        [
            .. Enumerable.Range(1, _options.RandomModels).Select(seed => Random(model.Description, (ulong)seed)),
        ];
        try
        {
            IReadOnlyList<MeasuredClip> clips = Clips(explainer, random, classes, progress, cancel);
            return new ExplainMeasurements
            {
                Options = _options,
                Layer = explainer.Layers.First(layer => layer.Name == explainer.DefaultLayer),
                Clips = clips,
                Compared = Compare(explainer, classes, progress, cancel),
                Curves = Curves(model, explainer, progress, cancel),
                Cost = ExplainCost.Measure(model, Rendered(0, explainer), _options.Rounds, cancel),
                Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            };
        }
        finally
        {
            foreach (VideoExplainer one in random)
            {
                one.Dispose();
            }
        }
    }

    private static VideoExplainer Random(ModelDescription description, ulong seed)
    {
        using var model = new VideoModel(description, new SeededRandom(seed));

        // Without training what differs between places is small beside a layer's constant part; bfloat16 rounds it off.
        model.Encoder.Compute = Precision.Float32;
        model.SetTraining(false);
        return new VideoExplainer(model);
    }

    /// <summary>The model's class of each category of the clips.</summary>
    private int[] ClassesOf(VideoExplainer explainer) =>
        [.. _generator.Taxonomy.Categories.Select(name => ClassNames.Find(explainer.Classes, name))];

    private VideoFrames Rendered(int index, VideoExplainer explainer) =>
        _generator.Clip(index).Render(explainer.Format);

    private List<MeasuredClip> Clips(
        VideoExplainer explainer,
        VideoExplainer[] random,
        int[] classes,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        var measured = new List<MeasuredClip>();
        foreach (int i in Counted("locating", _options.Clips, progress, cancel))
        {
            SyntheticClip clip = _generator.Clip(i);
            VideoFrames frames = clip.Render(explainer.Format);
            int category = classes[clip.Annotation.Category];
            ExplainOptions ask = Ask(explainer.Classes[category]);
            Explanation own = explainer.Explain(frames, ask, cancel: cancel);
            TrueRegions truth = TrueRegions.Of(clip.Truth(), own.Times, own.Seen, own.Maps[0].Width);
            if (!truth.HasActing)
            {
                continue;
            }

            LocalisationScore[] others =
            [
                .. random.Select(one => truth.Score(one.Explain(frames, ask, cancel: cancel).Maps[0])),
            ];
            measured.Add(
                new MeasuredClip(
                    own.Prediction.Top[0].Class == category,
                    truth.HasEvent,
                    truth.Score(own.Maps[0]),
                    new LocalisationScore(
                        others.Average(score => score.Hit),
                        others.Average(score => score.Inside),
                        others.Average(score => score.During)
                    ),
                    truth.ScoreCentre(),
                    truth.ScoreUniform()
                )
            );
        }

        return measured;
    }

    private List<(string, MapWeights, IReadOnlyList<LocalisationScore>)> Compare(
        VideoExplainer explainer,
        int[] classes,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        string[] layers = [.. explainer.Layers.Select(layer => layer.Name).Where(name => !name.Contains('.')).Skip(1)];
        (string Layer, MapWeights Weights, List<LocalisationScore> Scores)[] ways =
        [
            .. from layer in layers.Reverse()
            from weights in Enum.GetValues<MapWeights>()
            select (layer, weights, new List<LocalisationScore>()),
            .. from layer in new[] { $"2d.{explainer.DefaultLayer}", $"3d.{explainer.DefaultLayer}" }
            where explainer.Layers.Any(one => one.Name == layer)
            select (layer, MapWeights.Cells, new List<LocalisationScore>()),
        ];
        foreach (
            int i in Counted("comparing layers", Math.Min(_options.ComparedClips, _options.Clips), progress, cancel)
        )
        {
            SyntheticClip clip = _generator.Clip(i);
            VideoFrames frames = clip.Render(explainer.Format);
            ExplainOptions ask = Ask(explainer.Classes[classes[clip.Annotation.Category]]);
            foreach ((string layer, MapWeights weights, List<LocalisationScore> scores) in ways)
            {
                Explanation own = explainer.Explain(
                    frames,
                    ask with
                    {
                        Layer = layer,
                        Weights = weights,
                    },
                    cancel: cancel
                );
                TrueRegions truth = TrueRegions.Of(clip.Truth(), own.Times, own.Seen, own.Maps[0].Width);
                if (truth.HasActing)
                {
                    scores.Add(truth.Score(own.Maps[0]));
                }
            }
        }

        return [.. ways.Select(way => (way.Layer, way.Weights, (IReadOnlyList<LocalisationScore>)way.Scores))];
    }

    private List<PerturbationCurve> Curves(
        VideoModel model,
        VideoExplainer explainer,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        using var session = new InferenceSession(model);
        var random = new SeededRandom(_options.Seed);
        int count = Math.Min(_options.CurveClips, _options.Clips);
        (VideoFrames Frames, Explanation Own)[] clips =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => Rendered(i, explainer))
                .Select(frames =>
                    (frames, explainer.Explain(frames, new ExplainOptions { Words = false }, cancel: cancel))
                ),
        ];
        var all = new List<Dictionary<string, (double[] Deletion, double[] Insertion)>>();
        foreach (int i in Counted("taking away", count, progress, cancel))
        {
            all.Add(
                PerturbationCurve.Measure(
                    session,
                    clips[i].Frames,
                    clips[i].Own.Maps[0],
                    clips[(i + 1) % count].Own.Maps[0],
                    clips[i].Own.Prediction.Top[0].Class,
                    random.Derive((ulong)i)
                )
            );
        }

        return
        [
            .. all[0]
                .Keys.Select(order => new PerturbationCurve(
                    order,
                    [.. all.Select(clip => clip[order].Deletion)],
                    [.. all.Select(clip => clip[order].Insertion)]
                )),
        ];
    }

    private static ExplainOptions Ask(string name) => new() { Classes = [name], Words = false };

    private static IEnumerable<int> Counted(
        string stage,
        int count,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            yield return i;
            double rate = (i + 1) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            progress?.Report(new WorkProgress(stage, i + 1, count, "clips", rate));
        }
    }
}
