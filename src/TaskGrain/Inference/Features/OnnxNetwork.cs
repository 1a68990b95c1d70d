using Microsoft.ML.OnnxRuntime;
using TaskGrain.Labels;
using TaskGrain.Models.Networks;
using TaskGrain.Models.Weights;
using static TorchSharp.torch;
using OnnxSession = Microsoft.ML.OnnxRuntime.InferenceSession;

namespace TaskGrain.Inference.Features;

/// <summary>A network in ONNX Runtime. The only class that touches it.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly string _path;
    private readonly OnnxSession _session;
    private readonly string _inputName;

    private OnnxNetwork(string path, OnnxSession session, OnnxDescription description, string output)
    {
        _path = path;
        _session = session;
        Description = description;
        OutputName = output;
        (_inputName, NodeMetadata input) = InputOf(path, session, description);
        string what = $"{path}: input '{_inputName}'";
        if (input.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR || input.ElementType != typeof(float))
        {
            throw new TaskGrainException($"{what} is {TypeName(input)}; float32 is expected.");
        }

        Shape = OnnxShape.Of(input.Dimensions, description, what);
        NodeMetadata result = session.OutputMetadata[output];
        if (result.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR || result.ElementType != typeof(float))
        {
            throw new TaskGrainException($"{path}: output '{output}' is {TypeName(result)}; float32 is expected.");
        }
    }

    /// <summary>What its author or user says of it.</summary>
    public OnnxDescription Description { get; }

    /// <summary>The tensor that its features are.</summary>
    public string OutputName { get; }

    /// <summary>The sizes of its input.</summary>
    public OnnxShape Shape { get; }

    /// <exception cref="TaskGrainException">It cannot be read or is of another kind.</exception>
    public static OnnxNetwork Open(string path)
    {
        OnnxSession? session = null;
        try
        {
            session = Session(path, bytes: null);
            OnnxDescription description = OnnxDescription.Find(path, session.ModelMetadata.CustomMetadataMap);
            string output = OutputOf(path, session, description);
            if (!session.OutputMetadata.ContainsKey(output))
            {
                session.Dispose();
                session = Session(path, WithOutput(path, output));
            }

            return new OnnxNetwork(path, session, description, output);
        }
        catch (OnnxRuntimeException fault)
        {
            session?.Dispose();
            throw new TaskGrainException($"{path} cannot be used by ONNX Runtime: {FirstLine(fault)}", fault);
        }
        catch (Exception fault) when (fault is TypeInitializationException or DllNotFoundException)
        {
            // Packages for machines that only train do without it.
            throw new TaskGrainException(
                $"{path} needs ONNX Runtime, whose library (onnxruntime) is not beside this program: "
                    + $"{fault.GetBaseException().Message.Split('\n')[0].TrimEnd('.')}. Use a build that has it, or a "
                    + "network in a .safetensors file.",
                fault
            );
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Runs it on black frames.</summary>
    /// <returns>D, the length of its vectors.</returns>
    /// <exception cref="TaskGrainException">It fails, or gives something other than one vector for each.</exception>
    public int TryOut(PixelNormaliser normaliser, int count) =>
        Run(normaliser, new byte[count * (Shape.Frames ?? 1) * Shape.Height * Shape.Width * 3], count).Length / count;

    /// <summary>Vectors of frames or clips.</summary>
    /// <param name="normaliser">Brings pixels into its form.</param>
    /// <param name="pixels">(N, T, H, W, 3) bytes.</param>
    /// <param name="count">N; at most the network's fixed batch where it has one.</param>
    /// <returns>(N, D); what a tensor has beyond two dimensions is averaged.</returns>
    public float[] Run(PixelNormaliser normaliser, ReadOnlyMemory<byte> pixels, int count)
    {
        using var scope = NewDisposeScope();
        int frames = Shape.Frames ?? 1;
        Tensor input = normaliser
            .Apply(pixels, (count, frames, Shape.Height, Shape.Width), clips: true)
            .permute(Order());
        input = Shape.Frames is null ? input.flatten(0, 1) : input;
        if (Shape.Batch is { } fix && fix > count)
        {
            // The network takes no fewer; the rest is thrown away.
            input = cat([input, zeros([fix - count, .. input.shape[1..]])]);
        }

        input = input.contiguous();
        try
        {
            using var value = OrtValue.CreateTensorValueFromMemory(input.data<float>().ToArray(), input.shape);
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(
                options,
                [_inputName],
                [value],
                [OutputName]
            );
            long[] shape = results[0].GetTensorTypeAndShape().Shape;
            if (shape.Length < 2 || shape[0] != input.shape[0] || shape.Any(size => size < 1))
            {
                throw new TaskGrainException(
                    $"{_path}: '{OutputName}' has shape ({string.Join(", ", shape)}) for {input.shape[0]} inputs; "
                        + $"({input.shape[0]}, D) or ({input.shape[0]}, D, …) is expected."
                );
            }

            Tensor vectors = tensor(results[0].GetTensorDataAsSpan<float>().ToArray(), shape)[..count];
            return [.. (shape.Length > 2 ? vectors.flatten(2).mean([2]) : vectors).contiguous().data<float>()];
        }
        catch (OnnxRuntimeException fault)
        {
            throw new TaskGrainException($"{_path} failed on {count} inputs: {FirstLine(fault)}", fault);
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>From (N, C, T, H, W), or with T = 1 kept beside N for frames, to the network's order.</summary>
    private long[] Order()
    {
        // Frames have no t: their dimension of 1 is put behind n, with which it is then merged.
        string layout = Shape.Frames is null ? Shape.Layout.Replace("n", "nt", StringComparison.Ordinal) : Shape.Layout;
        return [.. layout.Select(letter => (long)"ncthw".IndexOf(letter, StringComparison.Ordinal))];
    }

    private static OnnxSession Session(string path, byte[]? bytes)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = get_num_threads(),
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Threads that spin while a video is decoded take the processor from the decoder.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (bytes is null)
        {
            return new OnnxSession(path, options);
        }

        options.AddSessionConfigEntry(
            "session.model_external_initializers_file_folder_path",
            Path.GetDirectoryName(Path.GetFullPath(path))!
        );
        return new OnnxSession(bytes, options);
    }

    private static (string Name, NodeMetadata Input) InputOf(
        string path,
        OnnxSession session,
        OnnxDescription description
    )
    {
        string[] names = [.. session.InputMetadata.Keys];
        string name = description.Input ?? (names.Length == 1 ? names[0] : "");
        return names.Length == 1 && session.InputMetadata.TryGetValue(name, out NodeMetadata? input)
            ? (name, input)
            : throw new TaskGrainException(
                $"{path} has the inputs {string.Join(", ", names.Select(one => $"'{one}'"))}; a network with one input"
                    + $"{(description.Input is null ? "" : $", '{description.Input}',")} is expected."
            );
    }

    private static string OutputOf(string path, OnnxSession session, OnnxDescription description)
    {
        string[] names = [.. session.OutputMetadata.Keys];
        return description.Output
            ?? (
                names.Length == 1
                    ? names[0]
                    : throw new TaskGrainException(
                        $"{path} has the outputs {string.Join(", ", names.Select(one => $"'{one}'"))}; say which are "
                            + "the features by \"output\" in its description."
                    )
            );
    }

    /// <summary>
    /// The file with one more output. Protocol buffers merge a message that comes twice: a second graph that has but
    /// an output adds it to the first.
    /// </summary>
    private static byte[] WithOutput(string path, string output)
    {
        byte[] file = File.ReadAllBytes(path);
        string[] inside =
        [
            .. OnnxGraph.Read(file).Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0),
        ];
        if (!inside.Contains(output, StringComparer.Ordinal))
        {
            string near = NearestName.Find(output, inside) is { } other ? $" Did you mean '{other}'?" : "";
            throw new TaskGrainException($"{path} has no tensor '{output}'.{near}");
        }

        byte[] name = Field(1, System.Text.Encoding.UTF8.GetBytes(output));
        return [.. file, .. Field(7, Field(12, name))];
    }

    private static byte[] Field(int number, byte[] content)
    {
        List<byte> field = [(byte)((number << 3) | 2)];
        for (int length = content.Length; ; length >>= 7)
        {
            field.Add((byte)(length < 0x80 ? length : (length & 0x7f) | 0x80));
            if (length < 0x80)
            {
                return [.. field, .. content];
            }
        }
    }

    private static string TypeName(NodeMetadata metadata) =>
        metadata.OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR
            ? metadata.ElementType?.Name ?? "of an unknown type"
            : "no tensor";

    private static string FirstLine(OnnxRuntimeException fault) => fault.Message.Split('\n')[0].TrimEnd('.') + ".";
}
