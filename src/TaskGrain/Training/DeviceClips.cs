using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// The frames of a store as bytes on the computing device, sampled and cropped there: no loader has to keep up with a
/// GPU, and no pixel travels twice. Gives the bytes that the loader gives, bit for bit.
/// </summary>
internal sealed class DeviceClips : IDisposable
{
    /// <summary>Bytes that are sent to the device at a time.</summary>
    private const long StagingBytes = 256L << 20;

    private readonly Tensor _rows;
    private readonly long[] _firstFrame;
    private readonly FrameFormat _format;

    private DeviceClips(Tensor rows, long[] firstFrame, FrameFormat format)
    {
        _rows = rows;
        _firstFrame = firstFrame;
        _format = format;
    }

    /// <summary>Bytes that a store's frames take on a device, whatever their compression in the store.</summary>
    /// <param name="store">The store.</param>
    public static long BytesOf(FrameStore store) =>
        Enumerable.Range(0, store.Count).Sum(i => (long)store.FrameCount(i)) * store.Format.BytesPerFrame;

    /// <summary>Copies a store's frames to a device.</summary>
    /// <param name="store">The store; not needed afterwards.</param>
    /// <param name="device">Where to.</param>
    /// <param name="cancel">Stops between two parts.</param>
    /// <exception cref="TaskGrainException">A clip is damaged.</exception>
    public static DeviceClips Load(FrameStore store, Device device, CancellationToken cancel)
    {
        FrameFormat format = store.Format;
        long[] firstFrame = new long[store.Count];
        long frames = 0;
        for (int i = 0; i < store.Count; i++)
        {
            firstFrame[i] = frames;
            frames += store.FrameCount(i);
        }

        Tensor rows = empty([frames * format.Height, (long)format.Width * PixelBytes], ScalarType.Byte, device)
            .DetachFromDisposeScope();
        var clips = new DeviceClips(rows, firstFrame, format);
        try
        {
            clips.Fill(store, cancel);
            return clips;
        }
        catch
        {
            clips.Dispose();
            throw;
        }
    }

    /// <summary>Cuts clips out.</summary>
    /// <param name="storeIndices">The clips' numbers in the store.</param>
    /// <param name="plans">Frames and crop of each; all of one length and size.</param>
    /// <returns>(N, T, H, W, 3), uint8, on the device.</returns>
    public Tensor Cut(IReadOnlyList<int> storeIndices, IReadOnlyList<ClipPlan> plans)
    {
        using var scope = NewDisposeScope();
        int count = plans.Count;
        int length = plans[0].Frames.Length;
        int height = plans[0].Crop.Height;
        int width = plans[0].Crop.Width;
        long[] firstRows = new long[count * length];
        long[] columns = new long[count * width * PixelBytes];
        for (int n = 0; n < count; n++)
        {
            ClipPlan plan = plans[n];
            for (int t = 0; t < length; t++)
            {
                long frame = _firstFrame[storeIndices[n]] + plan.Frames[t];
                firstRows[(n * length) + t] = (frame * _format.Height) + plan.Crop.Y;
            }

            FillColumns(columns.AsSpan(n * width * PixelBytes, width * PixelBytes), plan);
        }

        Device device = _rows.device;
        Tensor row = tensor(firstRows, [(long)count * length, 1], device: device)
            .Plus(TensorArithmetic.Counting(height, device));
        Tensor lines = _rows.index_select(0, row.flatten()).view(count, length, height, -1);
        Tensor column = tensor(columns, [count, 1, 1, (long)width * PixelBytes], device: device)
            .expand(count, length, height, (long)width * PixelBytes);
        return lines.gather(3, column).view(count, length, height, width, PixelBytes).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the device's memory.</summary>
    public void Dispose() => _rows.Dispose();

    private const int PixelBytes = 3;

    private static void FillColumns(Span<long> columns, ClipPlan plan)
    {
        int width = plan.Crop.Width;
        for (int x = 0; x < width; x++)
        {
            int from = plan.Crop.X + (plan.Flipped ? width - 1 - x : x);
            for (int c = 0; c < PixelBytes; c++)
            {
                columns[(x * PixelBytes) + c] = (from * PixelBytes) + c;
            }
        }
    }

    private void Fill(FrameStore store, CancellationToken cancel)
    {
        for (int first = 0; first < store.Count;)
        {
            cancel.ThrowIfCancellationRequested();
            int end = first;
            long bytes = 0;
            do
            {
                bytes += (long)store.FrameCount(end++) * _format.BytesPerFrame;
            } while (
                end < store.Count && bytes + ((long)store.FrameCount(end) * _format.BytesPerFrame) <= StagingBytes
            );
            Send(store, first, end, bytes);
            first = end;
        }
    }

    private void Send(FrameStore store, int first, int end, long bytes)
    {
        using var scope = NewDisposeScope();
        byte[] staged = new byte[bytes];
        Parallel.For(
            first,
            end,
            clip =>
            {
                long at = (_firstFrame[clip] - _firstFrame[first]) * _format.BytesPerFrame;
                int[] frames = [.. Enumerable.Range(0, store.FrameCount(clip))];
                store.ReadFrames(
                    clip,
                    frames,
                    new PixelRectangle(0, 0, _format.Width, _format.Height),
                    staged.AsSpan((int)at, frames.Length * _format.BytesPerFrame)
                );
            }
        );
        long rowBytes = (long)_format.Width * PixelBytes;
        Tensor part = tensor(staged, [bytes / rowBytes, rowBytes], ScalarType.Byte);
        _rows.narrow(0, _firstFrame[first] * _format.Height, bytes / rowBytes).copy_(part);
    }
}
