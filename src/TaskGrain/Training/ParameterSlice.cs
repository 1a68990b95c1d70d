using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// A parameter and its place in a flat tensor that holds all of them. Numbers lie there in the order in which they lie
/// in the parameter's own memory (channels-last kernels stay so), so that a view of the place can be the parameter.
/// </summary>
internal sealed class ParameterSlice
{
    private readonly long[] _order;
    private readonly long[] _back;
    private readonly long[] _stored;

    private ParameterSlice(string name, Parameter parameter, long start)
    {
        Name = name;
        Parameter = parameter;
        Start = start;
        End = start + parameter.numel();
        long[] strides = parameter.stride();
        _order = [.. Enumerable.Range(0, strides.Length).OrderByDescending(d => strides[d]).Select(d => (long)d)];
        _back = [.. Enumerable.Range(0, strides.Length).Select(d => (long)Array.IndexOf(_order, d))];
        _stored = [.. _order.Select(d => parameter.shape[d])];

        // cuDNN reads an LSTM's weights as one block, which libtorch has laid out already: those stay where they are.
        IsView = parameter.device.type != DeviceType.CUDA || !name.Contains("lstm", StringComparison.Ordinal);
    }

    /// <summary>The parameter's name.</summary>
    public string Name { get; }

    /// <summary>The parameter.</summary>
    public Parameter Parameter { get; }

    /// <summary>Its first number in the flat tensor.</summary>
    public long Start { get; }

    /// <summary>The number behind its last.</summary>
    public long End { get; }

    /// <summary>Whether the parameter becomes a view of the flat tensor, or keeps a memory of its own.</summary>
    private bool IsView { get; }

    /// <summary>Gives every parameter its place, one behind the other.</summary>
    /// <param name="parameters">The parameters by name.</param>
    /// <param name="total">Numbers in all.</param>
    public static ParameterSlice[] Lay(IEnumerable<(string Name, Parameter Parameter)> parameters, out long total)
    {
        var slices = new List<ParameterSlice>();
        total = 0;
        foreach ((string name, Parameter parameter) in parameters)
        {
            var slice = new ParameterSlice(name, parameter, total);
            slices.Add(slice);
            total = slice.End;
        }

        return [.. slices];
    }

    /// <summary>Copies the parameter's values into its place and makes it a view of that place.</summary>
    /// <param name="flat">(total), float32.</param>
    public void MoveInto(Tensor flat)
    {
        Tensor view = ViewOf(flat);
        view.copy_(Parameter);
        if (IsView)
        {
            Parameter.set_(view);
        }
    }

    /// <summary>Copies the place's values into a parameter that is no view of it.</summary>
    /// <param name="flat">(total), float32.</param>
    public void CopyBack(Tensor flat)
    {
        if (!IsView)
        {
            Parameter.copy_(ViewOf(flat));
        }
    }

    /// <summary>The place in a flat tensor, in the parameter's shape.</summary>
    /// <param name="flat">(total).</param>
    public Tensor ViewOf(Tensor flat) => flat.narrow(0, Start, End - Start).view(_stored).permute(_back);

    /// <summary>The parameter's gradient in the order of the place.</summary>
    /// <returns>(End − Start), float32; a view where the gradient lies in memory as the parameter does.</returns>
    public Tensor Gradient() => Parameter.grad!.detach().permute(_order).reshape(-1);
}
