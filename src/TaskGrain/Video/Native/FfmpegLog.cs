using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TaskGrain.Video.Native;

/// <summary>
/// Takes FFmpeg's messages off the terminal and keeps the errors of one reading for its report. FFmpeg has one log
/// for the whole process, and calls it on the thread that decodes; hence the thread-static collection.
/// </summary>
internal static unsafe class FfmpegLog
{
    private const int ErrorLevel = 16;
    private const int MostMessages = 8;

    [ThreadStatic]
    private static List<string>? t_messages;

    /// <summary>Silences FFmpeg for good; until <see cref="Collect"/> nothing is kept.</summary>
    public static void Attach(Ffmpeg ffmpeg) => ffmpeg.av_log_set_callback(&Receive);

    /// <summary>Begins to keep this thread's error messages, until the scope is disposed.</summary>
    public static Scope Collect() => new();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Receive(nint source, int level, nint format, nint arguments)
    {
        if (level > ErrorLevel || t_messages is not { } messages || messages.Count >= MostMessages)
        {
            return;
        }

        byte* line = stackalloc byte[512];
        int prefix = 0;
        Ffmpeg.Instance.av_log_format_line(source, level, format, arguments, line, 512, &prefix);
        string text = (Marshal.PtrToStringUTF8((nint)line) ?? "").Trim();
        if (text.Length > 0 && !messages.Contains(text))
        {
            messages.Add(text);
        }
    }

    /// <summary>One reading's messages.</summary>
    public sealed class Scope : IDisposable
    {
        private readonly List<string> _messages = [];

        public Scope() => t_messages = _messages;

        public int Count => _messages.Count;

        /// <summary>The first messages on one line, without the "[codec @ 0x…]" before them.</summary>
        public string Summary(int most = 3) =>
            string.Join("; ", _messages.Take(most).Select(Clean).Distinct(StringComparer.Ordinal));

        public void Forget() => _messages.Clear();

        public void Dispose() => t_messages = null;

        private static string Clean(string message)
        {
            string text = message;
            while (text.StartsWith('[') && text.IndexOf("] ", StringComparison.Ordinal) is > 0 and int end)
            {
                text = text[(end + 2)..];
            }

            return text.TrimEnd('.');
        }
    }
}
