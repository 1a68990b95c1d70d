using TaskGrain.Inference.Features;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Transfer.Features;

namespace TaskGrain.Lab.Baselines;

/// <summary>A comparison's data, and the frozen features of its sources, which several processes may share.</summary>
internal sealed class BaselineSession : IDisposable
{
    /// <summary>The subfolder of the features.</summary>
    public const string FeaturesFolder = "features";

    private readonly BaselineStudyOptions _options;

    private BaselineSession(BaselineStudyOptions options, RunConfiguration configuration, BaselineData data)
    {
        _options = options;
        Configuration = configuration;
        Data = data;
        Captions = CaptionTask.Of(data.Annotations, options.Captions, configuration);
        Methods =
        [
            .. BaselineMethods
                .All.Where(options.Methods.Contains)
                .Where(method => Captions is not null || method != BaselineMethod.Captioner),
        ];
    }

    /// <summary>Device, precision and decoder.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>The clips.</summary>
    public BaselineData Data { get; }

    /// <summary>What captions are learned; null where no training clip has one.</summary>
    public CaptionTask? Captions { get; }

    /// <summary>What is learned on every source.</summary>
    public IReadOnlyList<BaselineMethod> Methods { get; }

    /// <summary>Opens the data.</summary>
    /// <param name="options">What to compare.</param>
    /// <param name="progress">Told how far long work is; null for nobody.</param>
    /// <param name="cancel">Stops the work; what is finished stays.</param>
    /// <exception cref="TaskGrainException">A source, a model or the data set cannot be used.</exception>
    public static BaselineSession Open(
        BaselineStudyOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        Require(options);
        RunConfiguration configuration = new StudyWorkspace(options.Study).Configuration;
        var data = BaselineData.Open(options, progress, cancel);
        try
        {
            return new BaselineSession(options, configuration, data);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Opens a source's features, extracted now where they are missing.</summary>
    /// <param name="choice">The source.</param>
    /// <param name="remarks">Receives the clips that it could not read.</param>
    /// <param name="progress">Told how far the extraction is; null for nobody.</param>
    /// <param name="cancel">Stops it; what is finished stays.</param>
    public BaselineOnSource On(
        SourceChoice choice,
        List<string> remarks,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        string folder;
        using (FolderLock.Wait(Path.Combine(_options.Study.Folder, "extraction"), "feature store", cancel))
        {
            folder = Features(choice, remarks, progress, cancel);
        }

        var store = FeatureStore.Open(folder);
        try
        {
            return new BaselineOnSource(
                store,
                new BaselineSource(choice.Name, store.Source.Description, store.Source.Identity),
                new BaselineRunner(choice.Name, store, Data.Annotations, Captions, _options, Configuration)
            );
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Closes the data.</summary>
    public void Dispose() => Data.Dispose();

    private string Features(
        SourceChoice choice,
        List<string> remarks,
        IProgress<WorkProgress>? progress,
        CancellationToken cancel
    )
    {
        if (FeatureStore.Exists(choice.Path!))
        {
            return choice.Path!;
        }

        string folder = Path.Combine(_options.Study.Folder, FeaturesFolder, TransferStudy.FolderName(choice.Name));
        using IFeatureSource source = FeatureSources.Open(
            choice.Path!,
            ComputeDevice.Parse(Configuration.Machine.Device),
            Configuration.Machine.Precision,
            new FeatureOptions { VectorsPerSecond = _options.Training.FramesPerSecond }
        );
        ExtractionReport report = FeatureExtraction.Run(
            source,
            Data.Target,
            folder,
            new HashSet<Split> { Split.Train, Split.Validation, _options.Split },
            FeatureType.Float16,
            progress,
            cancel
        );
        remarks.AddRange(report.Faults.Select(fault => $"{choice.Name}: clip {fault.Id} is left out: {fault.Reason}"));
        return folder;
    }

    /// <summary>Makes sure of what can be known before the first extraction, which may take long.</summary>
    /// <param name="options">What to compare.</param>
    /// <exception cref="TaskGrainException">An option is faulty, or a source or model is missing.</exception>
    public static void Require(BaselineStudyOptions options)
    {
        options.Validate();
        string[] missing =
        [
            .. options
                .Sources.Where(source => !FeatureSources.Exists(source.Path!) && !FeatureStore.Exists(source.Path!))
                .Select(source => $"{source.Path} ({source.Name})"),
            .. options.Models.Where(model => !File.Exists(model.Path)).Select(model => $"{model.Path} ({model.Name})"),
        ];
        if (missing.Length > 0)
        {
            throw new TaskGrainException(
                $"no source's name, network file, feature store or model file: {string.Join(", ", missing)}."
            );
        }

        foreach ((string _, string path) in options.Models)
        {
            ModelFile.LoadDescription(path);
        }
    }
}

/// <summary>What learns on a source's features.</summary>
/// <param name="store">The features.</param>
/// <param name="told">The source, as reports name it.</param>
/// <param name="runner">Learns and measures.</param>
internal sealed class BaselineOnSource(FeatureStore store, BaselineSource told, BaselineRunner runner) : IDisposable
{
    /// <summary>The source, as reports name it.</summary>
    public BaselineSource Told { get; } = told;

    /// <summary>Learns and measures.</summary>
    public BaselineRunner Runner { get; } = runner;

    /// <summary>Closes the features.</summary>
    public void Dispose() => store.Dispose();
}
