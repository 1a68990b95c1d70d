using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using TaskGrain.Evaluation;
using TaskGrain.Inference;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using TaskGrain.Models.Baselines;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Lab.Baselines;

/// <summary>
/// Trains and measures baselines on the features of one source; a run that is on disk is not made again.
/// </summary>
internal sealed class BaselineRunner
{
    private readonly string _source;
    private readonly BaselineStudyOptions _options;
    private readonly RunConfiguration _configuration;
    private readonly CaptionTask? _captions;
    private readonly int _classes;
    private readonly Device _device;
    private readonly string _settings;
    private readonly FeatureClips _train;
    private readonly FeatureClips _validation;
    private readonly FeatureClips _test;
    private readonly Func<IReadOnlyList<BaselineClip>, FeatureClips> _of;

    /// <summary>Looks up the clips of the splits.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="store">Its features.</param>
    /// <param name="data">The clips' labels.</param>
    /// <param name="captions">Their captions; null for none.</param>
    /// <param name="options">How to train and measure.</param>
    /// <param name="configuration">Sizes of the caption decoder, and the device.</param>
    /// <exception cref="TaskGrainException">A split has no labelled clip with features.</exception>
    public BaselineRunner(
        string source,
        FeatureStore store,
        DataSet data,
        CaptionTask? captions,
        BaselineStudyOptions options,
        RunConfiguration configuration
    )
    {
        _source = source;
        _options = options;
        _configuration = configuration;
        _captions = captions;
        _classes = data.Taxonomy.Categories.Count;
        _device = ComputeDevice.Parse(configuration.Machine.Device);
        IReadOnlyList<BaselineClip> train = Clips(store, data, Split.Train);
        FeatureScale scale = FeatureScale.Of(store, train.Select(clip => clip.Entry));
        _of = clips => new FeatureClips(store, clips, scale, options.Training.Frames, _device);
        _train = _of(train);
        _validation = _of(Clips(store, data, Split.Validation));
        _test = _of(Clips(store, data, options.Split));
        _settings = Fingerprint(store);
    }

    /// <summary>Training clips.</summary>
    public int TrainingClips => _train.Clips.Count;

    /// <summary>Clips measured.</summary>
    public int MeasuredClips => _test.Clips.Count;

    /// <summary>A run, made now when it is not known.</summary>
    /// <param name="method">What is learned.</param>
    /// <param name="seed">The run, from 1.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops it; it begins anew the next time.</param>
    public BaselineRun Run(BaselineMethod method, int seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        string path = Path.Combine(
            _options.Study.Folder,
            "runs",
            $"{TransferStudy.FolderName(_source)}-{method.Name()}-{seed}-{_settings[..8]}.json"
        );
        if (Known(path) is { } known)
        {
            return known;
        }

        using Baseline baseline = Create(method, new SeededRandom((ulong)seed).Derive((ulong)method));
        bool words = baseline.ReadsCaptions;
        var training = new BaselineTraining(_options.Training);
        BaselineFit fit = training.Run(
            baseline,
            words ? Captioned(_train) : _train,
            words ? Captioned(_validation) : _validation,
            (ulong)seed,
            $"{_source}: {method.Name()}, seed {seed}",
            progress,
            cancel
        );
        var run = new BaselineRun
        {
            Source = _source,
            Method = method,
            Seed = seed,
            Settings = _settings,
            Parameters = baseline.Network.parameters().Sum(parameter => parameter.numel()),
            Epoch = fit.Epoch,
            Epochs = fit.Epochs,
            Seconds = fit.Seconds,
            Clips = _test.Clips.Count,
        };
        run = words ? run with { Captions = Written(baseline, cancel) } : Classified(run, baseline, cancel);
        JsonFile.Write(path, run);
        return run;
    }

    private BaselineRun Classified(BaselineRun run, Baseline baseline, CancellationToken cancel)
    {
        ScoreMatrix scores = BaselineMeasurement.Probabilities(
            baseline,
            _test,
            _classes,
            _options.Training.BatchSize,
            cancel
        );
        int[] best = scores.Best();
        return run with
        {
            Right = ClassificationMetrics.CountRight(best, [.. _test.Clips.Select(clip => clip.Class)]),
            Captions = _captions?.Score([.. best.Select(_captions.Template)], _test.Clips, cancel),
        };
    }

    private CaptionScores? Written(Baseline baseline, CancellationToken cancel) =>
        _captions!.Score(
            BaselineMeasurement.Captions(
                baseline,
                _test,
                _captions.Vocabulary,
                _captions.Length,
                _options.Training.BatchSize,
                cancel
            ),
            _test.Clips,
            cancel
        );

    private Baseline Create(BaselineMethod method, SeededRandom random)
    {
        BaselineOptions sizes = _options.Training;
        Baseline baseline = method switch
        {
            BaselineMethod.MiddleFrame => new FrameBaseline(Frame(), all: false),
            BaselineMethod.AveragedFrames => new FrameBaseline(Frame(), all: true),
            BaselineMethod.Lstm => new SequenceBaseline(
                new SequenceClassifier(_train.Dimension, sizes.Units, _classes, sizes.Dropout, random)
            ),
            BaselineMethod.Relations => new RelationBaseline(
                new TemporalRelations(
                    _train.Dimension,
                    sizes.RelationFrames,
                    sizes.RelationUnits,
                    _classes,
                    sizes.Dropout,
                    random
                ),
                sizes.RelationChoices
            ),
            BaselineMethod.Captioner => new CaptionBaseline(
                new SequenceCaptioner(
                    _train.Dimension,
                    _configuration.Model.Decoder(_captions!.Vocabulary.Count) with
                    {
                        FeatureSize = sizes.Units,
                    },
                    sizes.Dropout,
                    random
                )
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "not a method"),
        };
        baseline.Network.to(_device);
        return baseline;

        FrameClassifier Frame() => new(_train.Dimension, sizes.Units, _classes, sizes.Dropout, random);
    }

    private FeatureClips Captioned(FeatureClips clips) => _of([.. clips.Clips.Where(clip => clip.Tokens is not null)]);

    private BaselineClip[] Clips(FeatureStore store, DataSet data, Split split)
    {
        var clips = new List<BaselineClip>();
        foreach (Annotation annotation in data.Of(split).Where(annotation => annotation.Category >= 0))
        {
            if (store.TryIndexOf(annotation.Id, out int entry))
            {
                (string? words, int[]? tokens) = _captions?.Of(annotation) ?? (null, null);
                clips.Add(new BaselineClip(entry, annotation.Category, words, tokens));
            }
        }

        return clips.Count > 0
            ? [.. clips]
            : throw new TaskGrainException(
                $"{data.Name}: no clip of the {split.Name()} split has a label and features; baselines learn from "
                    + $"the train split, choose the epoch on the validation split and are measured on the "
                    + $"{_options.Split.Name()} split."
            );
    }

    /// <summary>A hash of everything a run depends on but its method and seed.</summary>
    private string Fingerprint(FeatureStore store)
    {
        var hash = new XxHash128();
        void Add(string text) => hash.Append(Encoding.UTF8.GetBytes(text + "\n"));
        Add(store.Source.Identity);
        Add(JsonSerializer.Serialize(_options.Training, TaskGrainJson.Strict));
        Add(JsonSerializer.Serialize(_configuration.Captions, TaskGrainJson.Strict));
        Add(JsonSerializer.Serialize(_configuration.Model.Decoder(2), TaskGrainJson.Strict));
        Add($"{_options.Captions} {_captions?.Length} {_classes}");
        foreach (BaselineClip clip in (BaselineClip[])[.. _train.Clips, .. _validation.Clips, .. _test.Clips])
        {
            Add($"{store.Entries[clip.Entry].Checksum} {clip.Class} {clip.Caption}");
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    // One of other settings, or in the form of another version, is made again.
    private BaselineRun? Known(string path) =>
        JsonFile.ReadKnown<BaselineRun>(path) is { } run && run.Settings == _settings ? run : null;
}
