using System.Numerics;

namespace TaskGrain.Lab.Studies.Generator;

/// <summary>
/// Guesses by the nearest training frame: squared distance of small pictures, each with its mean taken off.
/// </summary>
internal static class FrameNeighbours
{
    private const int Size = 12;

    /// <summary>Guesses.</summary>
    /// <param name="frames">The frames of each clip one after the other, square, RGB bytes.</param>
    /// <param name="which">Which of a clip's frames is looked at.</param>
    /// <param name="size">Width and height of a frame.</param>
    /// <param name="labels">The category of each clip.</param>
    /// <param name="training">The first so many clips are looked among, the rest are guessed.</param>
    /// <returns>The guessed category of every clip after the training ones.</returns>
    public static int[] Guess(byte[][] frames, int which, int size, int[] labels, int training)
    {
        float[][] small = new float[frames.Length][];
        Parallel.For(
            0,
            frames.Length,
            clip => small[clip] = Shrink(frames[clip].AsSpan(which * size * size * 3, size * size * 3), size)
        );
        int[] guesses = new int[frames.Length - training];
        Parallel.For(
            training,
            frames.Length,
            test =>
            {
                float best = float.MaxValue;
                for (int clip = 0; clip < training; clip++)
                {
                    float distance = Distance(small[test], small[clip]);
                    if (distance < best)
                    {
                        (best, guesses[test - training]) = (distance, labels[clip]);
                    }
                }
            }
        );
        return guesses;
    }

    private static float Distance(float[] a, float[] b)
    {
        var sum = Vector<float>.Zero;
        int width = Vector<float>.Count;
        int i = 0;
        for (; i + width <= a.Length; i += width)
        {
            Vector<float> difference = new Vector<float>(a, i) - new Vector<float>(b, i);
            sum += difference * difference;
        }

        float rest = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            rest += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return rest;
    }

    private static float[] Shrink(ReadOnlySpan<byte> frame, int size)
    {
        float[] result = new float[Size * Size * 3];
        Span<float> mean = stackalloc float[3];
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                int px = ((2 * x) + 1) * size / (2 * Size),
                    py = ((2 * y) + 1) * size / (2 * Size);
                for (int c = 0; c < 3; c++)
                {
                    float v = frame[(((py * size) + px) * 3) + c];
                    result[(((y * Size) + x) * 3) + c] = v;
                    mean[c] += v / (Size * Size);
                }
            }
        }

        for (int i = 0; i < result.Length; i++)
        {
            result[i] -= mean[i % 3];
        }

        return result;
    }
}
