using System.IO.Compression;
using System.Text.Json;

namespace TaskGrain.Tests.Metrics;

/// <summary>
/// Scores that the published reference programs gave (References/captions/dev.json.gz; its keys are explained in the
/// file).
/// </summary>
public static class CaptionOracle
{
    private static readonly Lazy<JsonElement> Root = new(() =>
    {
        using FileStream packed = File.OpenRead(TestData.File("captions/dev.json.gz"));
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return JsonDocument.Parse(unpacked).RootElement;
    });

    public static IReadOnlyList<string> Groups { get; } = ["single_ref", "three_refs"];

    public static IReadOnlyList<string> MeteorRuns =>
        [.. Root.Value.GetProperty("config").EnumerateObject().Select(p => p.Name)];

    public static JsonElement Stems => Root.Value.GetProperty("stems");

    public static JsonElement Corpus(string group) => Group(group).GetProperty("corpus");

    public static IReadOnlyList<JsonElement> Items(string group) =>
        [.. Group(group).GetProperty("items").EnumerateArray()];

    public static string Text(this JsonElement item, string key) => item.GetProperty(key).GetString()!;

    public static string[] Texts(this JsonElement item, string key) =>
        [.. item.GetProperty(key).EnumerateArray().Select(e => e.GetString()!)];

    public static int[] Integers(this JsonElement item, string key) =>
        [.. item.GetProperty(key).EnumerateArray().Select(e => e.GetInt32())];

    /// <summary>A number; null in the file stands for NaN.</summary>
    public static double Number(this JsonElement item, string key) =>
        item.GetProperty(key) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;

    private static JsonElement Group(string group) => Root.Value.GetProperty("groups").GetProperty(group);
}
