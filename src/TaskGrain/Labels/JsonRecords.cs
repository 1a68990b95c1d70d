using System.Text.Json;

namespace TaskGrain.Labels;

/// <summary>
/// Reads a file that is one long JSON list, one element at a time: the 220,847 records of Something-Something V2
/// never stand in memory as a tree, and a record that is not as it should be does not end the reading.
/// </summary>
internal sealed class JsonRecords
{
    private const int FirstBuffer = 1 << 18;

    private readonly string _file;
    private readonly Action<JsonElement, int, int> _onRecord;
    private int _records;
    private int _line = 1;

    private JsonRecords(string file, Action<JsonElement, int, int> onRecord) => (_file, _onRecord) = (file, onRecord);

    /// <summary>Reads all elements.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onRecord">
    /// Called with each element, its number and its line, both from 1. The element is gone afterwards.
    /// </param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="TaskGrainException">The file is not JSON, or not a list.</exception>
    public static int Read(string path, Action<JsonElement, int, int> onRecord, CancellationToken cancellation)
    {
        var records = new JsonRecords(path, onRecord);
        using Stream stream = TextFile.OpenUtf8(path);
        records.Read(stream, cancellation);
        return records._records;
    }

    private void Read(Stream stream, CancellationToken cancellation)
    {
        byte[] buffer = new byte[FirstBuffer];
        var state = new JsonReaderState(
            new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
        );
        int filled = 0;
        bool final = false;
        while (!final)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = stream.ReadAtLeast(buffer.AsSpan(filled), 1, throwOnEndOfStream: false);
            filled += read;
            final = read == 0;
            int consumed = Consume(buffer.AsSpan(0, filled), final, ref state);
            CountLines(buffer.AsSpan(0, consumed));
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    /// <summary>Handles every record that is wholly in the bytes; returns how many bytes are done with.</summary>
    private int Consume(Span<byte> bytes, bool final, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(bytes, final, state);
        int counted = 0;
        int line = _line;
        try
        {
            JsonReaderState safe = reader.CurrentState;
            long done = 0;
            while (true)
            {
                if (!reader.Read())
                {
                    break;
                }

                if (reader.CurrentDepth == 0)
                {
                    if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                    {
                        throw NotAList(reader.TokenType);
                    }
                }
                else
                {
                    var before = reader;
                    if (!reader.TrySkip())
                    {
                        break;
                    }

                    line += bytes[counted..(int)before.TokenStartIndex].Count((byte)'\n');
                    counted = (int)before.TokenStartIndex;
                    using JsonDocument document = JsonDocument.ParseValue(ref before);
                    _onRecord(document.RootElement, ++_records, line);
                }

                safe = reader.CurrentState;
                done = reader.BytesConsumed;
            }

            state = safe;
            return (int)done;
        }
        catch (JsonException fault)
        {
            throw NotJson(fault, bytes);
        }
    }

    private void CountLines(ReadOnlySpan<byte> bytes) => _line += bytes.Count((byte)'\n');

    private TaskGrainException NotAList(JsonTokenType token) =>
        new($"{_file}: a list of records in square brackets was expected, not {Describe(token)}.");

    private TaskGrainException NotJson(JsonException fault, ReadOnlySpan<byte> rest)
    {
        long line = (fault.LineNumber ?? 0) + 1; // the reader's state counts lines from the start of the file
        string after = _records == 0 ? "" : $", after {_records} good record{(_records == 1 ? "" : "s")}";
        bool empty = _records == 0 && rest.Trim(" \t\r\n"u8).IsEmpty;
        return empty
            ? new TaskGrainException(
                $"{_file}: the file is empty; a JSON list of records was expected. Fetch it again.",
                fault
            )
            : new TaskGrainException(
                $"{_file}: not valid JSON near line {line}{after} ({Shorten(fault.Message)}). "
                    + "The file may be cut short or edited by hand: fetch it again, or mend that place.",
                fault
            );
    }

    private static string Shorten(string message) => message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.');

    private static string Describe(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.StartObject => "one object in braces",
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number",
            _ => "this",
        };
}
