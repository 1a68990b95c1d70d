using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Synthesis;

/// <summary>
/// The files of Something-Something V2: videos, annotation lists, label map, test answers; and our ground truth.
/// </summary>
internal static class OfficialLayout
{
    public const string TruthFolder = "ground-truth";
    private const string Prefix = "something-something-v2-";

    private const string VideoEnding = ".webm";

    public static string VideoPath(string folder, string id) => Path.Combine(folder, id + VideoEnding);

    public static string TruthPath(string folder, string id) => Path.Combine(folder, TruthFolder, $"{id}.json");

    /// <summary>Names of the clips whose video is there; such a clip is complete.</summary>
    public static string[] ClipsIn(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, $"*{VideoEnding}").Select(Path.GetFileNameWithoutExtension)!]
            : [];

    /// <summary>The list of a split's clips.</summary>
    public static string ListPath(string folder, Split split) =>
        Path.Combine(folder, $"{Prefix}{split.ToString().ToLowerInvariant()}.json");

    /// <summary>The categories of the test clips, a line each.</summary>
    public static string AnswersPath(string folder) => Path.Combine(folder, $"{Prefix}test-answers.csv");

    /// <summary>The label map.</summary>
    public static string LabelsPath(string folder) => Path.Combine(folder, $"{Prefix}labels.json");

    /// <summary>A hash of a clip's files.</summary>
    public static string HashOf(ReadOnlySpan<byte> video, ReadOnlySpan<byte> truth)
    {
        var hash = new XxHash128();
        hash.Append(video);
        hash.Append(truth);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <param name="folder">Where.</param>
    /// <param name="data">The annotations.</param>
    /// <param name="official">All categories there are, those without a clip included: the label map.</param>
    public static void WriteAnnotations(string folder, DataSet data, Taxonomy official)
    {
        foreach (Split split in (ReadOnlySpan<Split>)[Split.Train, Split.Validation])
        {
            WriteList(
                ListPath(folder, split),
                data.Of(split),
                (json, annotation) =>
                {
                    json.WriteString("label", annotation.Label);
                    json.WriteString("template", data.Taxonomy.Categories[annotation.Category]);
                    json.WriteStartArray("placeholders");
                    foreach (string placeholder in annotation.Placeholders)
                    {
                        json.WriteStringValue(placeholder);
                    }

                    json.WriteEndArray();
                }
            );
        }

        WriteList(ListPath(folder, Split.Test), data.Of(Split.Test), static (_, _) => { });
        var answers = new StringBuilder();
        foreach (Annotation annotation in data.Of(Split.Test))
        {
            answers
                .Append(annotation.Id)
                .Append(';')
                .Append(Plain(data.Taxonomy.Categories[annotation.Category]))
                .Append('\n');
        }

        AtomicFile.WriteText(AnswersPath(folder), answers.ToString());
        AtomicFile.Write(
            LabelsPath(folder),
            stream =>
            {
                using var json = new Utf8JsonWriter(stream, TaskGrainJson.Writer with { Indented = true });
                json.WriteStartObject();
                for (int i = 0; i < official.Categories.Count; i++)
                {
                    json.WriteString(Plain(official.Categories[i]), i.ToString());
                }

                json.WriteEndObject();
            }
        );
    }

    public static void WriteTruth(string folder, GroundTruth truth) =>
        AtomicFile.Write(
            TruthPath(folder, truth.Id),
            stream =>
            {
                using var json = new Utf8JsonWriter(stream, TaskGrainJson.Writer);
                json.WriteStartObject();
                json.WriteString("id", truth.Id);
                json.WriteString("template", truth.Template);
                json.WriteNumber("width", truth.Width);
                json.WriteNumber("height", truth.Height);
                json.WriteNumber("framesPerSecond", truth.FramesPerSecond);
                json.WriteNumber("frames", truth.Frames);
                json.WriteStartArray("objects");
                foreach (TrueObject thing in truth.Objects)
                {
                    json.WriteStartObject();
                    json.WriteString("kind", thing.Kind);
                    json.WriteNumber("placeholder", thing.Placeholder);
                    WriteBoxes(json, thing.Boxes);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteStartArray("hands");
                foreach (TrueHand hand in truth.Hands)
                {
                    json.WriteStartObject();
                    json.WriteString("side", hand.Side);
                    WriteBoxes(json, hand.Boxes);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteStartArray("events");
                foreach (TrueEvent happening in truth.Events)
                {
                    json.WriteStartObject();
                    json.WriteNumber("frame", happening.Frame);
                    json.WriteString("name", happening.Name);
                    if (happening.Object is { } index)
                    {
                        json.WriteNumber("object", index);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static string Plain(string template) =>
        template.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static void WriteList(
        string path,
        IEnumerable<Annotation> annotations,
        Action<Utf8JsonWriter, Annotation> more
    ) =>
        AtomicFile.Write(
            path,
            stream =>
            {
                using var json = new Utf8JsonWriter(stream, TaskGrainJson.Writer);
                json.WriteStartArray();
                foreach (Annotation annotation in annotations)
                {
                    json.WriteStartObject();
                    json.WriteString("id", annotation.Id);
                    more(json, annotation);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        );

    private static void WriteBoxes(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<int>?> boxes)
    {
        json.WriteStartArray("boxes");
        foreach (IReadOnlyList<int>? box in boxes)
        {
            if (box is null)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartArray();
            foreach (int value in box)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
