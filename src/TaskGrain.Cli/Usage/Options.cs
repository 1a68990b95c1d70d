using System.CommandLine;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;
using TaskGrain.Training;
using TaskGrain.Video;

namespace TaskGrain.Cli.Usage;

/// <summary>
/// The options whose words mean the same in every command. Each property makes a fresh option, so that a command
/// can set its own default or make it required.
/// </summary>
internal static class Options
{
    /// <summary>More clips than any data set has, and few enough to count with.</summary>
    public const int MostClips = 100_000_000;

    /// <summary>More clips at once than any machine has memory for.</summary>
    public const int MostBatch = 65_536;

    /// <summary>More rounds, epochs or repeats than anybody waits for.</summary>
    public const int MostRounds = 1_000_000;

    public static Option<DirectoryInfo> Data =>
        Words.One("--data", "FOLDER", "A data set in any supported form.", Read.Folder);

    public static Option<DirectoryInfo> Store => Words.One("--store", "FOLDER", "A packed frame store.", Read.Folder);

    public static Option<FileInfo> Model =>
        Words.One(
            "--model",
            "FILE|NAME",
            "A model file (.safetensors), or the name of a shipped model (taskgrain models).",
            Read.Model
        );

    /// <summary>The same where the shipped model stands in when none is named.</summary>
    public static Option<FileInfo> ModelOrBase
    {
        get
        {
            Option<FileInfo> option = Model;
            option.DefaultValueFactory = _ => Read.Model(ModelCatalog.DefaultName);
            return option;
        }
    }

    public static Option<DirectoryInfo> Out =>
        Words.One("--out", "FOLDER", "Folder for everything the command makes.", Read.Folder);

    public static Option<bool> Json => Words.Flag("--json", "Print the result as JSON.");

    public static Option<bool> Quiet => Words.Flag("--quiet", "No progress and no notes.");

    public static Option<bool> Resume => Words.Flag("--resume", "Go on where an interrupted run stopped.");

    public static Option<ulong> Seed => Words.One("--seed", "N", "Fixes every random choice.", Read.Seed, 1UL);

    public static Option<string> Device =>
        Words.One("--device", "DEVICE", "cpu, cuda, cuda:1, or auto.", DeviceName, "auto");

    public static Option<int> Threads =>
        Words.One("--threads", "N", "Threads to use; 0 for one a core.", Read.Whole(0, ComputeDevice.MostThreads), 0);

    public static Option<Precision> PrecisionMode =>
        Words.One("--precision", "MODE", "auto, float32 or bfloat16.", PrecisionWord, Precision.Auto);

    public static Option<RunPreset> Preset(string description, RunPreset standard) =>
        Words.One("--preset", "NAME", description, RunPresets.Parse, standard);

    public static Option<Split> OneSplit(string name, Split standard) =>
        Words.One(name, "SPLIT", "train, validation or test.", SplitWord, standard);

    /// <summary>A search's width.</summary>
    public static Option<int> Beam =>
        Words.One(
            "--beam",
            "N",
            "Captions a beam search keeps; 1 takes the likeliest word at every step.",
            Read.Whole(1, 1000),
            1
        );

    /// <summary>How many classes to name.</summary>
    public static Option<int> Top(string description, int standard) =>
        Words.One("--top", "N", description, Read.Whole(1, MostClips), standard);

    /// <summary>Width and height of frames.</summary>
    public static Option<int> FrameSize(string description, int standard) =>
        Words.One("--size", "PIXELS", description, Read.Whole(1, FrameFormat.MostPixels), standard);

    /// <summary>Frames a second.</summary>
    public static Option<FrameRate> FrameRate(string description, FrameRate standard) =>
        Words.One("--fps", "RATE", $"{description.TrimEnd('.')}, such as 12, 1/3 or 30000/1001.", Rate, standard);

    /// <summary>How frames are kept.</summary>
    public static Option<int?> Jpeg =>
        Words.Optional(
            "--jpeg",
            "QUALITY",
            "Keep frames as JPEG of this quality, 1 to 100, instead of raw: a tenth of the space.",
            Read.Whole(1, 100)
        );

    /// <summary>Which part of a store is made.</summary>
    public static Option<StorePart?> Shard =>
        Words.Optional(
            "--shard",
            "I/N",
            "Make only part I of N (every N-th clip), for one job of an array; taskgrain store merge joins them.",
            StorePart.Parse
        );

    /// <summary>What the generator varies beyond its own world.</summary>
    public static Option<DomainRandomisation> Variation =>
        Words.One(
            "--vary",
            "WORDS",
            "Vary pictures and motions beyond the generator's own world, so that a model carries over further: "
                + $"{string.Join(", ", DomainRandomisation.Words)} or all, joined by +, each with a strength from 0 to "
                + "1 after a colon, such as colours:0.5+camera; none for nothing.",
            DomainRandomisation.Parse,
            DomainRandomisation.None
        );

    /// <summary>A number of clips.</summary>
    public static Option<int> Clips(string description, int standard) =>
        Words.One("--clips", "N", description, Read.Whole(1, MostClips), standard);

    /// <summary>A number of rounds of a measurement.</summary>
    public static Option<int> Rounds(string description, int standard) =>
        Words.One("--rounds", "N", description, Read.Whole(1, MostRounds), standard);

    /// <summary>A number of passes over the training clips.</summary>
    public static Option<int> Epochs(string description, int standard) =>
        Words.One("--epochs", "N", description, Read.Whole(1, MostRounds), standard);

    /// <summary>A value of a configuration, <c>KEY=VALUE</c>, given again for each.</summary>
    public static Option<string[]> Set(string description) =>
        Words.Repeated("--set", "KEY=VALUE", description, Read.Text);

    /// <summary>Reads <c>auto</c>, <c>float32</c> or <c>bfloat16</c>.</summary>
    public static Func<string, Precision> PrecisionWord { get; } =
        Read.OneOf(("auto", Precision.Auto), ("float32", Precision.Float32), ("bfloat16", Precision.BFloat16));

    /// <summary>Reads a frame rate: a number or a fraction.</summary>
    public static FrameRate Rate(string word) =>
        Video.FrameRate.TryParse(word, out FrameRate rate) && rate.Value is > 0 and <= FrameFormat.MostFramesPerSecond
            ? rate
            : throw new TaskGrainException(
                $"give a number above 0 and at most {FrameFormat.MostFramesPerSecond}, or a fraction such as 1/3."
            );

    /// <summary>Reads a device's name; whether it is there is seen when it is used.</summary>
    public static string DeviceName(string word)
    {
        ComputeDevice.CheckName(word);
        return word;
    }

    /// <summary>Reads <c>train</c>, <c>validation</c> or <c>test</c>.</summary>
    public static Func<string, Split> SplitWord { get; } =
        Read.OneOf(("train", Split.Train), ("validation", Split.Validation), ("test", Split.Test));
}
