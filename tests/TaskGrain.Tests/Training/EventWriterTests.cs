using System.Buffers.Binary;
using TaskGrain.Training;

namespace TaskGrain.Tests.Training;

public sealed class EventWriterTests
{
    [Fact]
    public void TorchSharps_own_classes_read_the_events_and_every_checksum_is_right()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new EventWriter(folder.Path, firstStep: 300, new Clock()))
        {
            writer.Scalars(301, ("train/loss", 1.5), ("train/top1", null), ("schedule/lambda", -0.25));
            writer.Scalars(302, ("nothing", null));
            writer.Scalars(70_000, ("train/loss", double.NaN));
        }

        Tensorboard.Event[] events =
        [
            .. Records(Assert.Single(Directory.GetFiles(folder.Path, "events.out.tfevents.*")))
                .Select(Tensorboard.Event.Parser.ParseFrom),
        ];

        Assert.Equal(4, events.Length);
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.All(events, written => Assert.Equal(1_700_000_000.25, written.WallTime));
        Assert.Equal(
            (300, Tensorboard.SessionLog.Types.SessionStatus.Start),
            (events[1].Step, events[1].SessionLog.Status)
        );
        Assert.Equal(
            [("train/loss", 1.5f), ("schedule/lambda", -0.25f)],
            events[2].Summary.Value.Select(value => (value.Tag, value.SimpleValue))
        );
        Assert.Equal((70_000, true), (events[3].Step, float.IsNaN(events[3].Summary.Value[0].SimpleValue)));
    }

    /// <summary>The records of a TFRecord file, with both checksums computed bit by bit.</summary>
    private static IEnumerable<byte[]> Records(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] record = file.AsSpan(at + 12, length).ToArray();
            Assert.Equal(Masked(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            yield return record;
            at += 16 + length;
        }
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = Crc32C(bytes);
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0x82F63B78 : 0);
            }
        }

        return ~crc;
    }

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250);
    }
}
