namespace TaskGrain.Models.Weights.Pickle;

/// <summary>
/// Reads Python's pickle form, protocols 0 to 5: a program for a stack machine that builds plain values. Whatever
/// else such a program can do (name classes, call them, set their state) goes through <see cref="IPickleRules"/>, so
/// nothing of the file is ever executed.
/// </summary>
/// <remarks>
/// Values: null, bool, long (or BigInteger), double, string, byte[], object?[] for a tuple, List of object? for a
/// list or set, <see cref="PickleDictionary"/>, and what the rules return. Memory and time are bounded: there is no
/// recursion, a length is checked against the bytes that follow, and the number of steps is limited.
/// </remarks>
internal sealed class PickleMachine(IPickleRules rules)
{
    /// <summary>
    /// Steps of a whole pickle. A checkpoint of a thousand tensors with its optimiser needs about a hundred thousand.
    /// </summary>
    public const long MostSteps = 2_000_000;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];
    private long _left = MostSteps;

    /// <summary>Runs one pickle from its first to its STOP step.</summary>
    /// <param name="bytes">The pickle; anything may follow it.</param>
    /// <param name="rules">What it may name and call.</param>
    /// <param name="length">The bytes it took.</param>
    /// <returns>The value it builds.</returns>
    /// <exception cref="PickleException">It is damaged, too large, or asks for something refused.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes, IPickleRules rules, out int length)
    {
        var input = new PickleInput(bytes);
        object? value = new PickleMachine(rules).Run(ref input);
        length = input.Position;
        return value;
    }

    private object? Run(ref PickleInput input)
    {
        while (true)
        {
            Charge(1);
            int at = input.Position;
            byte step = input.Byte();
            if (step == (byte)'.')
            {
                return Pop();
            }

            if (!Value(step, ref input) && !Container(step) && !Memory(step, ref input) && !Named(step, ref input))
            {
                throw new PickleException(Refusal(step, at));
            }
        }
    }

    /// <summary>Steps that push a plain value.</summary>
    private bool Value(byte step, ref PickleInput input)
    {
        switch (step)
        {
            case (byte)'N':
                Push(null);
                return true;
            case 0x88:
                Push(true);
                return true;
            case 0x89:
                Push(false);
                return true;
            case (byte)'K':
                Push((long)input.Byte());
                return true;
            case (byte)'M':
                Push((long)input.UInt16());
                return true;
            case (byte)'J':
                Push((long)input.Int32());
                return true;
            case 0x8a:
                Push(input.Integer(input.Byte()));
                return true;
            case 0x8b:
                Push(input.Integer(input.UInt32()));
                return true;
            case (byte)'I' or (byte)'L':
                Push(input.DecimalLine());
                return true;
            case (byte)'G':
                Push(input.Double());
                return true;
            case (byte)'F':
                Push(input.DoubleLine());
                return true;
            case 0x8c:
                Push(input.Text(input.Byte()));
                return true;
            case (byte)'X':
                Push(input.Text(input.UInt32()));
                return true;
            case 0x8d:
                Push(input.Text(input.UInt64()));
                return true;
            case (byte)'V':
                Push(input.Line());
                return true;
            case (byte)'U':
                Push(input.Latin(input.Byte()));
                return true;
            case (byte)'T':
                Push(input.Latin(input.UInt32()));
                return true;
            case (byte)'S':
                Push(input.Line().Trim('\'', '"'));
                return true;
            case (byte)'C':
                Push(input.Take(input.Byte()).ToArray());
                return true;
            case (byte)'B':
                Push(input.Take(input.UInt32()).ToArray());
                return true;
            case 0x8e or 0x96:
                Push(input.Take(input.UInt64()).ToArray());
                return true;
            default:
                return false;
        }
    }

    /// <summary>Steps that build tuples, lists and dictionaries.</summary>
    private bool Container(byte step)
    {
        switch (step)
        {
            case (byte)')':
                Push(Array.Empty<object?>());
                return true;
            case 0x85 or 0x86 or 0x87:
                Push(Pop(step - 0x84));
                return true;
            case (byte)'t':
                Push(PopToMark());
                return true;
            case (byte)']' or 0x8f:
                Push(new List<object?>());
                return true;
            case (byte)'l' or 0x91:
                Push(new List<object?>(PopToMark()));
                return true;
            case (byte)'a':
                object? item = Pop();
                Top<List<object?>>("a list").Add(item);
                return true;
            case (byte)'e' or 0x90:
                object?[] items = PopToMark();
                Top<List<object?>>("a list").AddRange(items);
                return true;
            case (byte)'}':
                Push(new PickleDictionary());
                return true;
            case (byte)'d':
                object?[] entries = PopToMark();
                var made = new PickleDictionary();
                Set(made, entries);
                Push(made);
                return true;
            case (byte)'s':
                object?[] pair = Pop(2);
                Set(Top<PickleDictionary>("a dictionary"), pair);
                return true;
            case (byte)'u':
                object?[] pairs = PopToMark();
                Set(Top<PickleDictionary>("a dictionary"), pairs);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Steps about the stack, the memo and the frame.</summary>
    private bool Memory(byte step, ref PickleInput input)
    {
        switch (step)
        {
            case 0x80:
                byte protocol = input.Byte();
                return protocol <= 5
                    ? true
                    : throw new PickleException($"it is of protocol {protocol}; 0 to 5 are known");
            case 0x95:
                // A frame is a hint for reading ahead.
                _ = input.UInt64();
                return true;
            case (byte)'(':
                _marks.Push(_stack.Count);
                return true;
            case (byte)'0':
                Pop();
                return true;
            case (byte)'1':
                PopToMark();
                return true;
            case (byte)'2':
                Push(Top());
                return true;
            case (byte)'q':
                _memo[input.Byte()] = Top();
                return true;
            case (byte)'r':
                _memo[input.UInt32()] = Top();
                return true;
            case (byte)'p':
                _memo[Number(input.DecimalLine())] = Top();
                return true;
            case 0x94:
                _memo[_memo.Count] = Top();
                return true;
            case (byte)'h':
                Push(Remembered(input.Byte()));
                return true;
            case (byte)'j':
                Push(Remembered(input.UInt32()));
                return true;
            case (byte)'g':
                Push(Remembered(Number(input.DecimalLine())));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Steps that only the rules can answer.</summary>
    private bool Named(byte step, ref PickleInput input)
    {
        switch (step)
        {
            case (byte)'c':
                string module = input.Line();
                Push(rules.Global(module, input.Line()));
                return true;
            case 0x93:
                object?[] names = Pop(2);
                Push(
                    names is [string from, string name]
                        ? rules.Global(from, name)
                        : throw new PickleException("it names a class by something that is no text")
                );
                return true;
            case (byte)'R':
                object?[] call = Pop(2);
                Push(
                    rules.Call(
                        call[0],
                        call[1] as object?[] ?? throw new PickleException("it calls with something that is no tuple"),
                        Charge
                    )
                );
                return true;
            case (byte)'b':
                object? state = Pop();
                rules.Build(Top(), state);
                return true;
            case (byte)'Q':
                Push(rules.Persistent(Pop()));
                return true;
            default:
                return false;
        }
    }

    private static string Refusal(byte step, int at) =>
        step switch
        {
            (byte)'i' or (byte)'o' or 0x81 or 0x92 =>
                $"at byte {at} it makes an object of a class, which is refused: only tensors and plain containers are "
                    + "read",
            0x82 or 0x83 or 0x84 => $"at byte {at} it uses Python's extension registry, which is refused",
            0x97 or 0x98 => $"at byte {at} it uses a buffer outside of the file, which is refused",
            (byte)'P' => $"at byte {at} it refers to an outside object by a text, which is refused",
            _ => $"at byte {at} there is 0x{step:x2}, which is no step of a pickle",
        };

    private void Charge(long steps)
    {
        _left -= steps;
        if (_left < 0)
        {
            throw new PickleException($"it takes more than {MostSteps:N0} steps");
        }
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Pop() => Pop(1)[0];

    private object?[] Pop(int count)
    {
        int floor = _marks.TryPeek(out int mark) ? mark : 0;
        if (_stack.Count - count < floor)
        {
            throw new PickleException("it takes more from its stack than is there");
        }

        return Take(_stack.Count - count);
    }

    private object?[] PopToMark()
    {
        if (!_marks.TryPop(out int mark))
        {
            throw new PickleException("it goes back to a mark that is not there");
        }

        return Take(mark);
    }

    private object?[] Take(int from)
    {
        object?[] values = new object?[_stack.Count - from];
        _stack.CopyTo(from, values, 0, values.Length);
        _stack.RemoveRange(from, values.Length);
        return values;
    }

    private object? Top()
    {
        object? value = Pop();
        Push(value);
        return value;
    }

    private T Top<T>(string what)
        where T : class => Top() as T ?? throw new PickleException($"it treats something else as {what}");

    private object? Remembered(long number) =>
        _memo.TryGetValue(number, out object? value)
            ? value
            : throw new PickleException($"it refers to number {number} of its memo, which was never set");

    private static long Number(object value) =>
        value is long number ? number : throw new PickleException("a number of its memo is none");

    private static void Set(PickleDictionary dictionary, object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
        {
            throw new PickleException("a dictionary's last key has no value");
        }

        for (int i = 0; i < pairs.Length; i += 2)
        {
            dictionary.Entries.Add(new KeyValuePair<object?, object?>(pairs[i], pairs[i + 1]));
        }
    }
}
