import TestSupport
import Testing
import Validation
import Vocabulary

/// The verdict on a picture: `nil` where it is kept.
func verdict(on picture: TestJPEG, within limits: FrameLimits = FrameLimits()) -> FrameRejection.Verdict? {
    do throws(FrameRejection) {
        _ = try FrameValidator(limits: limits).validate(picture.snapshot())
        return nil
    } catch {
        return error.verdict
    }
}

/// The rejection of a picture: `nil` where it is kept.
func refusal(of picture: TestJPEG, within limits: FrameLimits = FrameLimits()) -> FrameRejection? {
    do throws(FrameRejection) {
        _ = try FrameValidator(limits: limits).validate(picture.snapshot())
        return nil
    } catch {
        return error
    }
}

/// Every kind of picture that is kept.
let keptEncodings: [TestEncoding] = [
    .baseline, .grey, .progressive, .arithmetic, .progressiveArithmetic, .restarting, .separateScans,
    TestEncoding(.yCbCr, sampling: (1, 1)), TestEncoding(.yCbCr, sampling: (2, 1)),
    TestEncoding(.yCbCr, sampling: (1, 2)), TestEncoding(.yCbCr, sampling: (4, 1)),
    TestEncoding(.yCbCr, sampling: (1, 4)), TestEncoding(.yCbCr, sampling: (3, 1)),
    TestEncoding(.rgb, sampling: (1, 1)), TestEncoding(.rgb, sampling: (2, 2)),
    TestEncoding(.cmyk, sampling: (1, 1)), TestEncoding(.ycck, sampling: (1, 1)), TestEncoding(.ycck),
    TestEncoding(.grey) { $0.isProgressive = true },
    TestEncoding(.ycck) { $0.isProgressive = true },
    TestEncoding(.yCbCr, quality: 100), TestEncoding(.yCbCr, quality: 5),
    TestEncoding {
        $0.isProgressive = true
        $0.restartInterval = 3
    },
]
