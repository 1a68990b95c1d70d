using System.CommandLine;
using System.CommandLine.Help;
using TaskGrain.Cli;
using TaskGrain.Video;

namespace TaskGrain.Tests.Cli;

/// <summary>What holds for every command of the program; the commands are found in the tree.</summary>
public sealed class CommandLineTableTests
{
    private static readonly string[] Known =
    [
        "demo",
        "synth something",
        "synth kitchenware",
        "synth gallery",
        "synth categories",
        "synth study",
        "synth speed",
        "check",
        "labels",
        "pack",
        "store merge",
        "train",
        "eval",
        "metrics",
        "predict",
        "explain",
        "report",
        "stream",
        "extract",
        "transfer",
        "teach",
        "baselines",
        "weights import",
        "weights export",
        "bench data",
        "bench model",
        "bench stream",
        "bench synth",
        "bench metrics",
        "bench features",
        "bench cluster",
        "bench model-worker",
        "reproduce generator",
        "reproduce captions",
        "reproduce transfer",
        "reproduce precision",
        "reproduce explain",
        "reproduce recipes",
        "doctor",
    ];

    private static readonly Dictionary<Type, string[]> BadNumbers = new()
    {
        [typeof(int)] =
        [
            "-1",
            "x",
            "",
            "NaN",
            "1.5",
            "0x10",
            "1e3",
            "2147483647",
            "2147483648",
            "99999999999999999999",
        ],
        [typeof(ulong)] = ["-1", "x", "", "NaN", "1.5", "1e3", "18446744073709551616"],
        [typeof(FrameRate)] = ["-1", "0", "x", "", "NaN", "Infinity", "1e999", "1/0", "241"],
        [typeof(double)] = ["-1", "x", "", "NaN", "Infinity", "-Infinity", "1e999", "1,5"],
    };

    public static TheoryData<string> Commands => [.. Leaves(CommandTree.Create(), "").Select(leaf => leaf.Path)];

    [Fact]
    public void The_walk_finds_every_command() =>
        Assert.Superset(Known.ToHashSet(), Leaves(CommandTree.Create(), "").Select(leaf => leaf.Path).ToHashSet());

    [Fact]
    public void Most_commands_have_options_that_are_numbers() =>
        Assert.True(Leaves(CommandTree.Create(), "").Sum(leaf => leaf.Command.Options.Count(IsNumber)) > 60);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_number_that_cannot_be_meant_is_wrong_usage_in_one_line(string path)
    {
        Command root = CommandTree.Create();
        foreach (Option option in Find(root, path).Options.Where(IsNumber))
        {
            foreach (string word in BadNumbers[NumberType(option)])
            {
                string errors = Refused(root, path, option.Name, word);
                Assert.Contains(
                    $"{option.Name} {(word.Length == 0 ? "''" : word)}: ",
                    errors,
                    StringComparison.Ordinal
                );
            }

            Assert.Contains(option.Name, Refused(root, path, option.Name), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_empty_word_is_wrong_usage_in_one_line(string path)
    {
        Command root = CommandTree.Create();
        Command command = Find(root, path);
        foreach (Option option in command.Options.Where(option => option is not (HelpOption or VersionOption)))
        {
            if (
                option.Arity.MaximumNumberOfValues > 0
                && option.Name != "--metrics"
                && option.Name != "--meteor-modules"
            )
            {
                Assert.Contains($"{option.Name} ''", Refused(root, path, option.Name, ""), StringComparison.Ordinal);
            }
        }

        string[] empty = [.. command.Arguments.Select(_ => "")];
        foreach (Argument argument in command.Arguments)
        {
            Assert.Contains($"{argument.Name} ''", Refused(root, path, empty), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_number_is_no_name_of_a_choice(string path)
    {
        Command root = CommandTree.Create();
        foreach (Option option in Find(root, path).Options)
        {
            Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
            if ((type.IsArray ? type.GetElementType()! : type).IsEnum)
            {
                Assert.Contains($"{option.Name} 0: ", Refused(root, path, option.Name, "0"), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_json_and_quiet_and_an_example(string path)
    {
        Command root = CommandTree.Create();
        Find(root, path).Hidden = false; // a hidden command has no help
        string[] options = [.. Find(root, path).Options.Select(option => option.Name)];

        (int exit, string output, string errors) = InProcess.Run(root, [.. path.Split(' '), "--help"]);

        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains($"Example: taskgrain {path}", output, StringComparison.Ordinal);
        Assert.Contains("--json", options);
        Assert.Contains("--quiet", options);
    }

    /// <summary>An option that two commands have takes a word of the same kind in both.</summary>
    [Fact]
    public void The_same_words_mean_the_same_everywhere()
    {
        string[] shared =
        [
            "--data",
            "--store",
            "--granularity",
            "--preset",
            "--config",
            "--seed",
            "--device",
            "--precision",
            "--threads",
            "--resume",
            "--jpeg",
            "--fps",
            "--beam",
            "--batch",
            "--shard",
        ];
        foreach (string name in shared)
        {
            Type[] kinds =
            [
                .. Leaves(CommandTree.Create(), "")
                    .SelectMany(leaf => leaf.Command.Options)
                    .Where(option => option.Name == name)
                    .Select(option => Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType)
                    .Distinct(),
            ];
            Assert.Single(kinds);
        }
    }

    [Theory]
    [InlineData("--threads", "4096")]
    [InlineData("--threads", "100000")]
    [InlineData("--device", "gpu")]
    [InlineData("--precision", "half")]
    [InlineData("--batch", "2147483647")]
    public void The_real_program_says_so_too(string option, string word)
    {
        (int exit, string output, string errors) = TaskGrainProgram.Run(
            "eval",
            "--store",
            "s",
            "--model",
            "m",
            option,
            word
        );

        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith($"taskgrain: {option} {word}: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }

    private static string Refused(Command root, string path, params string[] words)
    {
        (int exit, string output, string errors) = InProcess.Run(root, [.. path.Split(' '), .. words]);

        string line = $"{path} {string.Join(' ', words)} -> {errors}";
        Assert.True(exit == 2 && output.Length == 0, line);
        Assert.True(errors.TrimEnd('\n').Split('\n').Length == 1, line);
        Assert.DoesNotContain("System.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        return errors;
    }

    private static bool IsNumber(Option option) => BadNumbers.ContainsKey(NumberType(option));

    private static Type NumberType(Option option) => Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;

    private static Command Find(Command root, string path) =>
        Leaves(root, "").Single(leaf => leaf.Path == path).Command;

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path)
    {
        if (command.Subcommands.Count == 0)
        {
            return [(path, command)];
        }

        return command.Subcommands.SelectMany(inner => Leaves(inner, $"{path} {inner.Name}".Trim()));
    }
}
