using TaskGrain.Explain.Networks;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Explain;

/// <summary>One explanation in the making: features, targets, gradients, maps.</summary>
/// <param name="model">The model.</param>
/// <param name="frames">The video.</param>
/// <param name="request">What is asked.</param>
internal sealed class ExplainPass(IExplainedModel model, VideoFrames frames, ExplainRequest request)
{
    private const int MostNamed = 5;

    private readonly List<SaliencyTarget> _targets = [];
    private IReadOnlyList<ClassProbability> _top = [];
    private string? _caption;
    private VideoFrames? _seen;

    // The video as the network reads it.
    private VideoFrames Seen => _seen ?? frames;

    /// <summary>Explains.</summary>
    /// <param name="pictures">Gives the video as it is to be shown.</param>
    /// <param name="cancel">Stops between two windows.</param>
    public Explanation Run(Func<VideoFrames> pictures, CancellationToken cancel)
    {
        (List<SaliencyMap> maps, StepPlan plan) = model.Compute(() => Maps(cancel));
        double fps = Seen.Format.FramesPerSecond;
        (double width, double height) = (Seen.Format.Width, Seen.Format.Height);
        PixelRectangle crop = plan.Crop;
        return new Explanation(
            new Prediction
            {
                Top = _top,
                Caption = _caption,
                Frames = frames.Count,
                Seconds = frames.Count / frames.Format.FramesPerSecond,
                Clips = 1,
                Warning = frames.Warning,
            },
            request.Layer.Name,
            maps,
            new ExplainedFrames(
                pictures(),
                [.. Distinct(plan.Frames).Select(run => plan.Frames[run.First] / fps)],
                (crop.X / width, crop.Y / height, (crop.X + crop.Width) / width, (crop.Y + crop.Height) / height)
            )
        );
    }

    private (List<SaliencyMap> Maps, StepPlan Plan) Maps(CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        _seen = model.Read(frames, cancel);
        if (!model.ReadsWholeVideos)
        {
            StepPlan plan = model.WordSteps(Seen);
            return (Maps(plan, [AskClasses, AskWords], cancel), plan);
        }

        // Taught classes and captions are told from other steps; only one kind can lie over the same frames.
        StepPlan steps = request.ExplainsClasses ? model.ClassSteps(Seen) : model.WordSteps(Seen);
        return (Maps(steps, [request.ExplainsClasses ? AskClasses : AskWords], cancel), steps);
    }

    private List<SaliencyMap> Maps(StepPlan plan, Func<Tensor, Objective?>[] asked, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var traces = new List<LayerTrace>();
        var features = new List<Tensor>();
        foreach (StepWindow window in plan.Windows)
        {
            cancel.ThrowIfCancellationRequested();
            LayerTrace trace = Trace(plan, window);
            features.Add(Features(trace, window));
            if (plan.Windows.Count == 1)
            {
                traces.Add(trace);
            }
            else
            {
                // A long video's maps may be more than can be held: they are made again when they are wanted.
                foreach (Tensor map in trace.Maps)
                {
                    map.Dispose();
                }
            }
        }

        Tensor sequence = cat(features, 0); // (S, D)
        Tensor[] gradients =
        [
            .. asked.Select(ask => ask(sequence)).OfType<Objective>().Select(objective => objective.Gradient(sequence)),
        ];
        if (gradients.Length == 0)
        {
            return [];
        }

        Tensor all = cat(gradients, 0); // (K, S, D)
        var maps = new List<Tensor>();
        long step = 0;
        foreach (StepWindow window in plan.Windows)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            LayerTrace trace = traces.Count > 0 ? traces[0] : Trace(plan, window);
            int count = window.To - window.From;
            Tensor own = zeros([all.shape[0], window.Frames.Length, all.shape[2]], device: all.device);
            own.narrow(1, window.From, count).copy_(all.narrow(1, step, count));
            Tensor cells = GradCam.Maps(trace, own, request.Weights).narrow(1, window.From, count);
            maps.Add(cells.MoveToOuterDisposeScope());
            step += count;
        }

        return Maps(cat(maps, 1), plan.Frames);
    }

    private LayerTrace Trace(StepPlan plan, StepWindow window) =>
        model.Network.Trace(plan.Pixels(Seen, window), window.Frames.Length, request.Layer.Name);

    private static Tensor Features(LayerTrace trace, StepWindow window)
    {
        using var scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor steps = trace.Rest(trace.Maps)[0].narrow(0, window.From, window.To - window.From);
        return steps.MoveToOuterDisposeScope();
    }

    private List<SaliencyMap> Maps(Tensor maps, int[] numbers)
    {
        (int height, int width) = ((int)maps.shape[2], (int)maps.shape[3]);
        float[] cells = ModelHeads.Floats(maps); // (K, S, h, w)
        int size = height * width;
        List<(int First, int End)> runs = Distinct(numbers);
        MapPlacement placement = model.Network.Place(request.Layer);
        var result = new List<SaliencyMap>();
        for (int k = 0; k < _targets.Count; k++)
        {
            float[] own = new float[runs.Count * size];
            for (int frame = 0; frame < runs.Count; frame++)
            {
                for (int cell = 0; cell < size; cell++)
                {
                    own[(frame * size) + cell] = Enumerable
                        .Range(runs[frame].First, runs[frame].End - runs[frame].First)
                        .Max(step => cells[(((k * numbers.Length) + step) * size) + cell]);
                }
            }

            result.Add(new SaliencyMap(_targets[k], own, height, width, placement));
        }

        return result;
    }

    // Steps of the same frame, which a short video is padded with, are one frame of the maps.
    private static List<(int First, int End)> Distinct(int[] numbers)
    {
        List<(int, int)> runs = [];
        for (int first = 0, end; first < numbers.Length; first = end)
        {
            end = first + 1;
            while (end < numbers.Length && numbers[end] == numbers[first])
            {
                end++;
            }

            runs.Add((first, end));
        }

        return runs;
    }

    private ClassObjective? AskClasses(Tensor features)
    {
        if (model.Classes.Count == 0)
        {
            return null;
        }

        float[] probabilities;
        using (no_grad())
        {
            probabilities = ModelHeads.Floats(model.ClassScores(features.unsqueeze(0), frames).softmax(-1));
        }

        _top = ClassProbability.Best(model.Classes, probabilities, MostNamed);
        if (!request.ExplainsClasses)
        {
            return null;
        }

        var weights = new List<float[]>();
        foreach (int number in request.Classes.Count > 0 ? request.Classes : [Likeliest()])
        {
            double own = probabilities[number];
            weights.Add(Row((number, 1)));
            _targets.Add(new SaliencyTarget(SaliencyKind.Class, model.Classes[number], own));
            if (request.Against is { } other)
            {
                weights.Add(Row((number, 1), (other, -1)));
                string label = $"{model.Classes[number]}, not {model.Classes[other]}";
                double between = own + probabilities[other] > 0 ? own / (own + probabilities[other]) : 0.5;
                _targets.Add(new SaliencyTarget(SaliencyKind.Contrast, label, between));
            }
        }

        return new ClassObjective(copies => model.ClassScores(copies, frames), weights);

        int Likeliest() => _top.First(one => one.Class != request.Against).Class;

        float[] Row(params (int Class, float Weight)[] entries)
        {
            float[] row = new float[model.Classes.Count];
            foreach ((int number, float weight) in entries)
            {
                row[number] = weight;
            }

            return row;
        }
    }

    private WordObjective? AskWords(Tensor features)
    {
        if (model.Decoder is null)
        {
            return null;
        }

        int[] ids = model.CaptionIds(features);
        _caption = model.Vocabulary!.Decode(ids);
        if (!request.ExplainsWords)
        {
            return null;
        }

        int[] words = request.Caption is { } given
            ? model.Vocabulary.Encode(given, given.Count)
            : [.. ids.TakeWhile(id => id != Vocabulary.End)];
        if (words.Length == 0)
        {
            return null;
        }

        var objective = new WordObjective(model.Decoder, words);
        float[] probabilities = objective.Probabilities(features);
        _targets.AddRange(
            words.Select(
                (id, i) =>
                    new SaliencyTarget(
                        SaliencyKind.Word,
                        request.Caption?[i] ?? model.Vocabulary.Words[id],
                        probabilities[i]
                    )
            )
        );
        return objective;
    }
}
