using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskGrain.Tests.Models.Weights;

/// <summary>Small ONNX files, written by hand in the protocol-buffers form.</summary>
internal static class OnnxBytes
{
    /// <summary>A whole file: format version 8, operators of version 17.</summary>
    public static byte[] Model(byte[] graph, params (string Key, string Value)[] metadata) =>
        [
            .. Number(1, 8),
            .. Field(7, graph),
            .. Field(8, Number(2, 17)),
            .. metadata.SelectMany(pair => Field(14, [.. Text(1, pair.Key), .. Text(2, pair.Value)])),
        ];

    public static byte[] Graph(params byte[][] parts) => [.. Text(2, "graph"), .. parts.SelectMany(part => part)];

    public static byte[] Node(string operation, string[] inputs, string output, params byte[][] attributes) =>
        Field(
            1,
            [
                .. inputs.SelectMany(input => Text(1, input)),
                .. Text(2, output),
                .. Text(4, operation),
                .. attributes.SelectMany(attribute => attribute),
            ]
        );

    /// <summary>An attribute that is a list of whole numbers.</summary>
    public static byte[] List(string name, params long[] values) =>
        Field(5, [.. Text(1, name), .. values.SelectMany(value => Number(8, (ulong)value)), .. Number(20, 7)]);

    public static byte[] Attribute(string name, long value) =>
        Field(5, [.. Text(1, name), .. Number(3, (ulong)value), .. Number(20, 2)]);

    /// <summary>A stored float32 tensor.</summary>
    public static byte[] Stored(string name, long[] shape, params float[] values) =>
        Field(
            5,
            [
                .. shape.SelectMany(size => Number(1, (ulong)size)),
                .. Number(2, 1),
                .. Text(8, name),
                .. Field(9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()),
            ]
        );

    /// <summary>An input or output; a size of −1 is open. Type 1 is float32, 2 uint8.</summary>
    public static byte[] Input(string name, long[] shape, ulong type = 1) => Value(11, name, shape, type);

    public static byte[] Output(string name, long[] shape) => Value(12, name, shape, 1);

    public static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Number(int field, ulong value) => [.. Varint(((ulong)field << 3) | 0), .. Varint(value)];

    public static byte[] Field(int field, byte[] content) =>
        [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    /// <summary>A float32 field that stands by itself, as in a list that is not packed.</summary>
    public static byte[] Float(int field, float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return [.. Varint(((ulong)field << 3) | 5), .. bytes];
    }

    private static byte[] Value(int field, string name, long[] shape, ulong type) =>
        Field(
            field,
            [
                .. Text(1, name),
                .. Field(
                    2,
                    Field(
                        1,
                        [
                            .. Number(1, type),
                            .. Field(
                                2,
                                [
                                    .. shape.SelectMany(size =>
                                        Field(1, size < 0 ? Text(2, "any") : Number(1, (ulong)size))
                                    ),
                                ]
                            ),
                        ]
                    )
                ),
            ]
        );

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
