using System.Text.Json;
using System.Text.RegularExpressions;

namespace TaskGrain.Runtime.Storage;

/// <summary>Says in words, and in one line, why JSON could not be read.</summary>
internal static partial class JsonFaults
{
    /// <summary>What is wrong and where, without the names of this program's types.</summary>
    /// <param name="fault">What the reader threw.</param>
    /// <returns>A phrase without a full stop.</returns>
    public static string Explain(this JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        string text = Place().Replace(fault.Message.ReplaceLineEndings(" "), "").TrimEnd('.', ' ');
        if (WrongKind().Match(text) is { Success: true } wrong)
        {
            text = wrong.Groups[1].Value switch
            {
                "Int32" or "Int64" or "UInt64" => "a whole number within range is expected",
                "Double" or "Single" => "a number is expected",
                "Boolean" => "true or false is expected",
                "String" => "a text is expected",
                _ => "the value is of the wrong kind",
            };
        }
        else if (UnknownKey().Match(text) is { Success: true } unknown)
        {
            text = $"there is no key '{unknown.Groups[1].Value}' here";
        }
        else
        {
            text = TypeName().Replace(text, "");
        }

        string at = fault.Path is null or "$" or "" ? "" : $" at {fault.Path}";
        string line = fault.LineNumber is > 0 and { } number ? $", line {number + 1}" : "";
        return text + at + line;
    }

    [GeneratedRegex(@" Path: .*| LineNumber: .*", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(
        @"^The JSON value could not be converted to (?:System\.Nullable`1\[)?(?:System\.)?([A-Za-z0-9_]*)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex WrongKind();

    [GeneratedRegex(
        @"^The JSON property '(.*)' could not be mapped to any \.NET member",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex UnknownKey();

    [GeneratedRegex(@" (?:for|contained in|on) type '[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();
}
