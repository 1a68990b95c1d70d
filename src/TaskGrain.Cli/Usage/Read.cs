using System.Globalization;
using TaskGrain.Models;

namespace TaskGrain.Cli.Usage;

/// <summary>Readers of words. Each throws a <see cref="TaskGrainException"/> that says what would be right.</summary>
internal static class Read
{
    /// <summary>A whole number.</summary>
    /// <param name="least">The least that can be meant.</param>
    /// <param name="most">The most that can be meant: far below what overflows in sums and products.</param>
    public static Func<string, int> Whole(int least, int most) =>
        word =>
            int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= least
            && number <= most
                ? number
                : throw new TaskGrainException($"give a whole number from {least} to {most}.");

    /// <summary>A finite number.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The most.</param>
    public static Func<string, double> Number(double least, double most) =>
        word =>
            Finite(word) is { } number && number >= least && number <= most
                ? number
                : throw new TaskGrainException(
                    string.Create(CultureInfo.InvariantCulture, $"give a number from {least} to {most}.")
                );

    /// <summary>A finite number above 0.</summary>
    /// <param name="most">The most.</param>
    public static Func<string, double> Positive(double most = double.MaxValue) =>
        word =>
            Finite(word) is { } number && number > 0 && number <= most
                ? number
                : throw new TaskGrainException(
                    most == double.MaxValue
                        ? "give a number above 0, such as 0.001."
                        : string.Create(CultureInfo.InvariantCulture, $"give a number above 0 and at most {most}.")
                );

    /// <summary>A part of a whole, from 0 to below 1.</summary>
    public static double Share(string word) =>
        Finite(word) is { } number and >= 0 and < 1
            ? number
            : throw new TaskGrainException("give a number from 0 to below 1.");

    /// <summary>A seed.</summary>
    public static ulong Seed(string word) =>
        ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new TaskGrainException($"give a whole number from 0 to {ulong.MaxValue}.");

    /// <summary>One of a few words.</summary>
    public static Func<string, T> OneOf<T>(params (string Word, T Value)[] choices) =>
        word =>
        {
            foreach ((string name, T value) in choices)
            {
                if (name.Equals(word, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            string[] words = [.. choices.Select(choice => choice.Word)];
            throw new TaskGrainException($"use {string.Join(", ", words[..^1])} or {words[^1]}.");
        };

    /// <summary>A value of an enumeration by its name; case does not matter.</summary>
    public static T NameOf<T>(string word)
        where T : struct, Enum => OneOf([.. Enum.GetValues<T>().Select(value => (value.ToString(), value))])(word);

    /// <summary>Several values in one word, with commas or blanks between them.</summary>
    public static Func<string, T[]> Each<T>(Func<string, T> read) =>
        word => [.. word.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(read)];

    /// <summary>A text that is not empty.</summary>
    public static string Text(string word) =>
        word.Length > 0 ? word : throw new TaskGrainException("there must be a word here, and it is empty.");

    /// <summary>The name of a file as it was typed. Whether there is such a file is seen when it is opened.</summary>
    public static string FileName(string word) =>
        string.IsNullOrWhiteSpace(word) ? throw new TaskGrainException("the name of a file is empty.") : word;

    /// <summary>A file.</summary>
    public static FileInfo File(string word) => new(FileName(word));

    /// <summary>A model's file: a path, or the name of a shipped model.</summary>
    public static FileInfo Model(string word) => new(ModelCatalog.Installed().Resolve(FileName(word)));

    /// <summary>A folder.</summary>
    public static DirectoryInfo Folder(string word) =>
        string.IsNullOrWhiteSpace(word) ? throw new TaskGrainException("the name of a folder is empty.") : new(word);

    private static double? Finite(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;
}
