using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Inference.Features;
using TaskGrain.Lab.Baselines;
using TaskGrain.Lab.Studies;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Transfer.Benchmark;
using TaskGrain.Video;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain baselines</c>: the paper's Tables 3 and 4.</summary>
internal static class BaselinesCommand
{
    public static Command Create()
    {
        var clips = new ClipChoice();
        var standard = new BaselineOptions();
        Option<SourceChoice[]> sources = Words.Many(
            "--sources",
            "SOURCE",
            $"Frozen networks: {string.Join(", ", FeatureSources.Names)}, NAME=FILE (.onnx, or .safetensors of weights "
                + $"import) or NAME=FEATURE_STORE; {ImageNetResNet18.Name} by default.",
            SourceChoice.Parse
        );
        Option<BaselineMethod[]> methods = Words.Many(
            "--methods",
            "METHOD",
            $"What is learned: {string.Join(", ", BaselineMethods.All.Select(BaselineMethods.Name))}; all by default.",
            BaselineMethods.Parse
        );
        Option<(string, string)[]> models = Words.Many(
            "--models",
            "FILE|NAME",
            "Models of ours, such as base, measured beside the baselines as they are.",
            word => (Path.GetFileName(word), Read.Model(word).FullName)
        );
        Option<int> encoders = Words.One(
            "--encoder-runs",
            "N",
            "Two-channel encoders to train on the same clips (--preset, --set) and set beside the baselines.",
            Read.Whole(0, 1000),
            0
        );
        Option<int> seeds = Words.One("--seeds", "N", "Runs of every baseline.", Read.Whole(1, 1000), 5);
        Option<int> frames = Words.One("--frames", "N", "Frames of a clip.", Read.Whole(2, 4096), standard.Frames);
        Option<FrameRate> rate = Options.FrameRate(
            "Frames a second that features are computed of",
            FrameFormat.Paper.FramesPerSecond
        );
        Option<int> units = Words.One(
            "--units",
            "N",
            "Hidden units of the perceptron and of the LSTM.",
            Read.Whole(1, EncoderOptions.MostUnits),
            standard.Units
        );
        Option<int> epochs = Options.Epochs("Most passes over the training clips.", standard.Epochs);
        Option<Granularity> grain = Words.One(
            "--granularity",
            "GRAIN",
            "The captions: simplified-captions or captions.",
            GranularityNames.Parse,
            Granularity.Captions
        );
        Option<Split> split = Options.OneSplit("--split", Split.Test);
        Option<RunPreset> preset = Options.Preset(
            "Sizes of our own encoder, and of the caption decoder of all.",
            RunPreset.Study
        );
        Option<string[]> set = Options.Set(
            "A value over the preset, such as model.decoderHidden=1024 or machine.threads=2."
        );
        Option<DirectoryInfo> folder = Options.Out;
        folder.Required = true;
        Option<FileInfo> page = Words.One(
            "--page",
            "FILE",
            "The page to write; OUT/baselines.md by default.",
            Read.File
        );
        Option<bool> resume = Options.Resume;
        var command = new Command(
            "baselines",
            "What frames alone tell (the paper's Tables 3 and 4): perceptrons, LSTM, temporal relations and captions "
                + "on the frozen features of an image network, beside the two-channel encoder. On a data set, or on "
                + "generated clips when none is given.\n"
                + "Example: taskgrain baselines --data something-something --models base --out baselines\n"
                + "         taskgrain baselines --contrasts --clips 4000 --encoder-runs 1 --out baselines"
        )
        {
            sources,
            methods,
            models,
            encoders,
            seeds,
            frames,
            rate,
            units,
            epochs,
            grain,
            split,
            preset,
            set,
            folder,
            page,
            resume,
        };
        clips.AddTo(command);
        return command.Runs(
            (parsed, output, cancel) =>
            {
                string path = parsed.GetRequiredValue(folder).FullName;
                Resumption.Require(BaselineStudy.Begun(path), path, parsed.GetValue(resume));
                StudyOptions study = clips.Of(parsed, path) with
                {
                    Preset = parsed.GetValue(preset),
                    Settings = parsed.GetValue(set) ?? [],
                };
                var options = new BaselineStudyOptions
                {
                    Study = study,
                    Data = clips.Data(parsed),
                    Sources = parsed.GetValue(sources) is { Length: > 0 } named
                        ? named
                        : [SourceChoice.Parse(ImageNetResNet18.Name)],
                    Methods = parsed.GetValue(methods) is { Length: > 0 } some ? some : BaselineMethods.All,
                    Models = parsed.GetValue(models) ?? [],
                    EncoderRuns = parsed.GetValue(encoders),
                    Seeds = parsed.GetValue(seeds),
                    Captions = parsed.GetValue(grain),
                    Split = parsed.GetValue(split),
                    Training = standard with
                    {
                        Frames = parsed.GetValue(frames),
                        FramesPerSecond = parsed.GetValue(rate).Value,
                        Units = parsed.GetValue(units),
                        Epochs = parsed.GetValue(epochs),
                        RelationFrames = Math.Min(standard.RelationFrames, parsed.GetValue(frames)),
                    },
                };
                UsageException.Check(options.Validate);
                var workspace = new StudyWorkspace(study);
                ComputeDevice.SetThreads(UsageException.Of(() => workspace.Configuration).Machine.Threads);
                BaselineReport report = BaselineStudy.Run(options, output.Progress, output.Notes, cancel);
                string file = parsed.GetValue(page)?.FullName ?? Path.Combine(path, "baselines.md");
                string line = $"taskgrain {string.Join(' ', Made(parsed))}";
                BaselinePage.Of(report, options, StudyOrigin.Now(line, workspace)).Write(file);
                if (output.Json)
                {
                    output.Print(report);
                }
                else
                {
                    output.Text(BaselineText.Tables(report));
                    output.Line($"Page: {Paths.Shown(file)}");
                }

                return 0;
            }
        );
    }

    /// <summary>The words that make the same results from nothing.</summary>
    private static IEnumerable<string> Made(ParseResult parsed) =>
        parsed.Tokens.Select(token => token.Value).Where(word => word is not ("--resume" or "--quiet" or "--json"));

    /// <summary>The options that say which clips.</summary>
    private sealed class ClipChoice
    {
        private readonly Option<DirectoryInfo> _data = Options.Data;
        private readonly Option<DirectoryInfo> _store = Options.Store;
        private readonly Option<int> _clips = Options.Clips("Generated clips, where no data set is given.", 4000);
        private readonly Option<ulong> _seed = Options.Seed;
        private readonly Option<bool> _contrasts = Words.Flag(
            "--contrasts",
            "Generate only the categories that share objects and layouts and differ in motion."
        );

        public void AddTo(Command command)
        {
            command.Add(_data);
            command.Add(_store);
            command.Add(_clips);
            command.Add(_contrasts);
            command.Add(_seed);
        }

        public string? Data(ParseResult parsed) =>
            parsed.GetValue(_data) is { } data
                ? parsed.GetValue(_store) is null
                    ? data.FullName
                    : throw new UsageException("give the clips with --data FOLDER or --store FOLDER, one of the two.")
                : parsed.GetValue(_store)?.FullName;

        public StudyOptions Of(ParseResult parsed, string folder) =>
            new()
            {
                Folder = folder,
                Clips = parsed.GetValue(_clips),
                Categories = parsed.GetValue(_contrasts) ? Contrasts.Categories : [],
                Seed = parsed.GetValue(_seed),
            };
    }
}
