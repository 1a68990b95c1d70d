using System.CommandLine;
using System.CommandLine.Parsing;

namespace TaskGrain.Cli.Usage;

/// <summary>
/// Makes options and arguments whose words are read and checked in one way: a reader turns a word into a value or
/// throws a <see cref="TaskGrainException"/> that says what would be right, and the line is refused with exit code 2
/// before anything runs. <see cref="Read"/> holds the readers.
/// </summary>
internal static class Words
{
    /// <summary>An option of one word that is always there: given, or its standard value.</summary>
    public static Option<T> One<T>(string name, string help, string description, Func<string, T> read, T standard)
    {
        Option<T> option = One(name, help, description, read);
        option.DefaultValueFactory = _ => standard;
        return option;
    }

    /// <summary>An option of one word.</summary>
    public static Option<T> One<T>(string name, string help, string description, Func<string, T> read) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result => ReadOne(result, name, read),
        };

    /// <summary>An option of one word that may be left out, of a type that has no null of its own.</summary>
    public static Option<T?> Optional<T>(string name, string help, string description, Func<string, T> read)
        where T : struct => One<T?>(name, help, description, word => read(word));

    /// <summary>An option of several words, <c>--shots 1 5 10</c> or <c>--shots 1 --shots 5</c>.</summary>
    public static Option<T[]> Many<T>(string name, string help, string description, Func<string, T> read) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => ReadAll(result, name, read),
            DefaultValueFactory = _ => [],
        };

    /// <summary>An option that is given again for every word, <c>--set a=1 --set b=2</c>.</summary>
    public static Option<T[]> Repeated<T>(string name, string help, string description, Func<string, T> read)
    {
        Option<T[]> option = Many(name, help, description, read);
        option.AllowMultipleArgumentsPerToken = false;
        return option;
    }

    /// <summary>An option without a word.</summary>
    public static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An argument of one word.</summary>
    public static Argument<T> Argument<T>(string name, string description, Func<string, T> read) =>
        new(name) { Description = description, CustomParser = result => ReadOne(result, name, read) };

    /// <summary>An argument of one or more words.</summary>
    public static Argument<T[]> Arguments<T>(string name, string description, Func<string, T> read) =>
        new(name)
        {
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => ReadAll(result, name, read),
        };

    private static T? ReadOne<T>(ArgumentResult result, string name, Func<string, T> read) =>
        ReadAll(result, name, read) is [T value] ? value : default;

    private static T[] ReadAll<T>(ArgumentResult result, string name, Func<string, T> read)
    {
        var values = new List<T>();
        foreach (Token token in result.Tokens)
        {
            try
            {
                values.Add(read(token.Value));
            }
            catch (TaskGrainException fault)
            {
                result.AddError($"{name} {(token.Value.Length == 0 ? "''" : token.Value)}: {fault.Message}");
            }
        }

        return [.. values];
    }
}
