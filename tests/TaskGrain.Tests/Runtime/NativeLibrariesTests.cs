using TaskGrain.Runtime;

namespace TaskGrain.Tests.Runtime;

public sealed class NativeLibrariesTests
{
    [Fact]
    public void The_real_wrapper_can_be_relaxed_and_only_its_flag_changes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ELF libraries are Linux's");
        string wrapper = Path.Combine(NativeLibraries.LibTorchFolder()!, "libLibTorchSharp.so");
        byte[] original = File.ReadAllBytes(wrapper);
        byte[] relaxed = [.. original];

        Assert.True(ElfVersionRequirement.IsStrict(relaxed, "GLIBCXX_3.4.32"));
        Assert.True(ElfVersionRequirement.MakeWeak(relaxed, "GLIBCXX_3.4.32"));
        Assert.False(ElfVersionRequirement.IsStrict(relaxed, "GLIBCXX_3.4.32"));
        Assert.True(ElfVersionRequirement.IsStrict(relaxed, "GLIBCXX_3.4.21"));

        Assert.Equal(1, original.Zip(relaxed).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void A_version_that_is_not_asked_for_is_left_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ELF libraries are Linux's");
        byte[] image = File.ReadAllBytes(Path.Combine(NativeLibraries.LibTorchFolder()!, "libLibTorchSharp.so"));
        Assert.False(ElfVersionRequirement.MakeWeak(image, "GLIBCXX_9.9"));
    }

    [Fact]
    public void Bytes_that_are_no_ELF_library_are_refused() =>
        Assert.Throws<InvalidDataException>(() => ElfVersionRequirement.IsStrict(new byte[100], "GLIBCXX_3.4.32"));

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:99")]
    public void A_device_that_does_not_exist_is_named_in_the_message(string name)
    {
        var fault = Assert.Throws<TaskGrainException>(() => ComputeDevice.Parse(name));
        Assert.Contains(name, fault.Message);
    }
}
