namespace TaskGrain.Metrics;

/// <summary>Arrays that are used again and again and only ever grow.</summary>
internal static class Buffers
{
    /// <summary>Makes an array long enough; what it holds stays, what is new is zero.</summary>
    public static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, Math.Max(16, length * 2));
        }
    }
}
