using System.Diagnostics.CodeAnalysis;
using TaskGrain.Data;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Ranks;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// A run's data, model, optimiser and state, made new or brought back from a checkpoint. Every random choice is a
/// function of the seed and of the epoch or step, so that going on in the middle repeats what would have been.
/// </summary>
internal sealed class TrainingSession : IDisposable
{
    // Numbers of the random streams; fixed, since a resumed run must find the same ones.
    private const ulong WeightStream = 1;
    private const ulong OrderStream = 2;
    private const ulong ClipStream = 3;
    private const ulong DropoutStream = 4;

    private readonly SeededRandom _random;

    private TrainingSession(
        CheckpointStore files,
        TrainingData data,
        VideoModel model,
        TrainingState state,
        Device device,
        IRankGroup? ranks
    )
    {
        Ranks = ranks;
        Files = files;
        Data = data;
        State = state;
        if (device.type == TorchSharp.DeviceType.CUDA)
        {
            CudaTuning.Apply(state.Configuration.Machine.Benchmark, state.Configuration.Machine.Tf32);
        }

        _random = new SeededRandom(state.Configuration.Training.Seed);
        Model = model.To(device);
        Model.Encoder.Compute = state.Configuration.Machine.Precision;
        Model.SetTraining(true);
        Optimiser = new AdamOptimiser(Model.Parameters(), state.Configuration.Training.WeightDecay);
        Lambda = state.Configuration.Lambda();
        StepsPerEpoch = (int)((data.TrainingClips + (long)Options.BatchSize - 1) / Options.BatchSize);
    }

    /// <summary>The ranks that train together; null for a process alone.</summary>
    public IRankGroup? Ranks { get; }

    public CheckpointStore Files { get; }

    public TrainingData Data { get; }

    public VideoModel Model { get; }

    public AdamOptimiser Optimiser { get; }

    public LossSchedule Lambda { get; }

    public int StepsPerEpoch { get; }

    public TrainingState State { get; set; }

    public TrainingOptions Options => State.Configuration.Training;

    /// <summary>Most clips of a batch that this rank computes on; alone, all of them.</summary>
    public int BatchOfRank => Ranks is null ? Options.BatchSize : RankShare.Of(Options.BatchSize, Ranks.Place).Mine;

    /// <summary>Epochs done, with the fraction of the present one.</summary>
    public double Position => State.Epoch + ((double)State.Step / StepsPerEpoch);

    /// <summary>Starts a run.</summary>
    public static TrainingSession Start(
        TrainingRequest request,
        CheckpointStore files,
        IProgress<string>? notes,
        IRankGroup? ranks = null
    )
    {
        string store = request.Store ?? throw new TaskGrainException("A training run needs a frame store to train on.");
        string? weights = request.From is null ? null : ModelCatalog.Installed().Resolve(request.From);
        using SafetensorsFile? from = weights is null ? null : Safetensors.Read(weights);
        ModelDescription? source = weights is null ? null : ModelFile.LoadDescription(weights);
        (RunConfiguration configuration, Device device) = MachineChoice.Of(
            request.Configuration.Build(source).Resolve(),
            ranks?.Place
        );
        configuration.Validate();
        FrameFormat frames = source?.Preprocessing.Frames ?? RunPresets.Frames(configuration.Preset);
        var data = TrainingData.Open(store, configuration, request.Generators, frames);
        VideoModel? model = null;
        try
        {
            configuration.Validate(data.Frames.Format);
            data.CheckPlace(configuration.Machine.DataOnDevice);
            model = new VideoModel(
                NewModel.Describe(configuration, data),
                new SeededRandom(configuration.Training.Seed).Derive(WeightStream)
            );
            DataNotes.Frames(configuration, data, source, notes);
            if (from is not null)
            {
                PretrainedWeights.Copy(model, from, source!, request.From!, notes);
            }

            files.SaveConfiguration(configuration);
            return new TrainingSession(
                files,
                data,
                model,
                new TrainingState
                {
                    Configuration = configuration,
                    Store = data.Source,
                    Fingerprint = data.Fingerprint,
                    StartedFrom = Origin(request.From),
                    Plateau = new PlateauState(configuration.Training.LearningRate),
                },
                device,
                ranks
            );
        }
        catch
        {
            model?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Goes on where the last checkpoint was taken.</summary>
    public static TrainingSession Resume(
        TrainingRequest request,
        CheckpointStore files,
        IProgress<string>? notes,
        IRankGroup? ranks = null
    )
    {
        TrainingState state = files.LoadState();
        if (request.From is { } from && Origin(from) != state.StartedFrom)
        {
            throw new TaskGrainException(
                $"The run in {files.Folder} started from {state.StartedFrom ?? "random weights"}, not from {from}; "
                    + $"name no model to start from, or start a new run."
            );
        }

        RunConfiguration asked = request.Configuration.BuildOver(state.Configuration).Resolve();
        ResumeRules.Check(state.Configuration, asked, files.Folder);
        (RunConfiguration configuration, Device device) = MachineChoice.Of(asked, ranks?.Place);
        configuration.Validate();
        ModelDescription stored = ModelFile.LoadDescription(files.LastPath);
        var data = TrainingData.Open(
            request.Store ?? state.Store,
            configuration,
            request.Generators,
            stored.Preprocessing.Frames
        );
        VideoModel? model = null;
        try
        {
            if (data.Fingerprint != state.Fingerprint)
            {
                throw new TaskGrainException(
                    $"{data.Source}: its clips or their labels are not those that the run in {files.Folder} began "
                        + $"with, so it cannot go on exactly; start a new run from its weights, {files.LastPath}."
                );
            }

            model = VideoModel.Unfilled(stored);
            var session = new TrainingSession(
                files,
                data,
                model,
                state with
                {
                    Configuration = configuration,
                    Store = data.Source,
                },
                device,
                ranks
            );
            files.Restore(model, session.Optimiser);
            files.SaveConfiguration(configuration);
            notes?.Report(
                session.WhyEnded() is { } ended
                    ? $"nothing left to do in {files.Folder}: {ended}"
                    : $"going on from {files.LastPath}: epoch {state.Epoch + 1}, step {state.Step} of "
                        + $"{session.StepsPerEpoch}"
            );
            if (configuration.Machine != state.Configuration.Machine)
            {
                notes?.Report(
                    "device, threads or precision differ from before: the weights will not be those of an "
                        + "undisturbed run to the last bit"
                );
            }

            return session;
        }
        catch
        {
            model?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>The training clips of an epoch that this rank computes on, in order; alone, all of them.</summary>
    public IReadOnlyList<ClipExample> OwnOrder(int epoch) =>
        Ranks is null ? Order(epoch) : new RankOrder(Order(epoch), Options.BatchSize, Ranks.Place);

    /// <summary>This rank's share of the present step's batch; null alone.</summary>
    public RankShare? Share() =>
        Ranks is null
            ? null
            : RankShare.Of(
                (int)Math.Min(Options.BatchSize, Data.TrainingClips - ((long)State.Step * Options.BatchSize)),
                Ranks.Place
            );

    /// <summary>The order of the training clips in an epoch.</summary>
    public IReadOnlyList<ClipExample> Order(int epoch) =>
        Data.Epoch(epoch, _random.Derive(OrderStream).Derive((ulong)epoch));

    public ulong ClipSeed(int epoch) => _random.Derive(ClipStream).Derive((ulong)epoch).NextUInt64();

    public long DropoutSeed(long step)
    {
        SeededRandom random = _random.Derive(DropoutStream).Derive((ulong)step);
        return (long)((Ranks is null ? random : random.Derive((ulong)Ranks.Place.Rank)).NextUInt64() >> 1);
    }

    public double LearningRate() =>
        Options.Schedule.At(State.Plateau.Rate, State.TotalSteps, (long)Options.Epochs * StepsPerEpoch);

    /// <summary>Why there is nothing more to do; null while there is.</summary>
    public string? WhyEnded()
    {
        if (State.Epoch >= Options.Epochs)
        {
            return "all epochs done";
        }

        if (Options.Schedule.Rule == LearningRateRule.Plateau && State.Plateau.Exhausted)
        {
            return $"the learning rate reached {Options.Schedule.Minimum:0.###e0}";
        }

        return new EarlyStopping(Options.StopPatience, State.Stopping).ShouldStop
            ? $"no better validation for {Options.StopPatience} epochs"
            : null;
    }

    /// <summary>Writes the origin of the present weights into the model's description.</summary>
    public void UpdateOrigin()
    {
        ValidationReport? best = State.History.FirstOrDefault(epoch => epoch.Epoch == State.Stopping.Epoch)?.Validation;
        Model.Description = Model.Description with
        {
            Origin = new TrainingOrigin
            {
                DataSet = Data.Name,
                TrainingClips = Data.ClipsOf(State.Epoch),
                ValidationClips = Data.ValidatesOnTraining ? 0 : Data.ValidationClips,
                Epochs = State.Epoch,
                Steps = State.TotalSteps,
                BestEpoch = State.Stopping.Epoch,
                BestValidation = best,
                StartedFrom = State.StartedFrom,
                Configuration = State.Configuration,
            }.ToJson(),
        };
    }

    /// <summary>Takes a checkpoint.</summary>
    public void Save()
    {
        UpdateOrigin();
        Files.SaveLast(Model, Optimiser, State);
    }

    public void Dispose()
    {
        Optimiser.Dispose();
        Model.Dispose();
        Data.Dispose();
    }

    /// <summary>A shipped model's name, which is the same everywhere, or a file's full path.</summary>
    [return: NotNullIfNotNull(nameof(from))]
    private static string? Origin(string? from) =>
        from is null || ModelCatalog.Installed().Resolve(from) != from ? from : Path.GetFullPath(from);
}
