"""Letters of thanks in Malay."""

from benefits.thanks.words.phrases import Phrases

MALAY = Phrases(
    done={
        "short_reference_call": "panggilan rujukan yang ringkas",
        "reference_call": "panggilan rujukan",
        "executive_reference_call": "panggilan rujukan peringkat eksekutif",
        "testimonial": "testimoni anda",
        "video_testimonial": "testimoni video anda",
        "review": "ulasan anda",
        "case_study": "kisah anda untuk kajian kes",
        "referral": "cadangan anda",
        "speaking": "ceramah anda",
        "customer_panel": "penyertaan anda dalam panel",
        "guest_article": "artikel anda",
        "site_visit": "kesudian anda menerima lawatan ke tempat anda",
        "reference_list": "kesudian anda menjadi rujukan",
        "logo_use": "kebenaran anda untuk memaparkan logo syarikat",
        "event_attendance": "kehadiran anda",
        "advisory_board": "kerja anda dalam lembaga penasihat pelanggan",
        "beta_test": "ujian versi beta yang anda jalankan",
        "community_contribution": "sumbangan anda kepada komuniti",
        "community_leadership": "kepimpinan anda dalam komuniti",
        "product_feedback": "maklum balas anda tentang produk kami",
        "social_share": "kesudian anda berkongsi berita kami",
        "survey": "jawapan anda kepada tinjauan kami",
        "co_marketing": "kempen yang kita hasilkan bersama",
    },
    other="“{name}”",
    joints={
        "short_reference_call": "dengan",
        "reference_call": "dengan",
        "executive_reference_call": "dengan",
        "site_visit": "daripada",
        "review": "di",
        "referral": "untuk",
        "speaking": "di",
        "customer_panel": "di",
        "event_attendance": "di",
        "guest_article": "untuk",
        "reference_list": "bagi",
    },
    minutes="{count} minit",
    hours="{count} jam",
    won="Sejak itu mereka telah memilih kami, dan anda turut memainkan peranan.",
    won_whom="Sejak itu {whom} telah memilih kami, dan anda turut memainkan peranan.",
    lost=(
        "Akhirnya mereka memilih jalan lain, atas sebab yang tiada kaitan dengan anda. Kata-kata"
        " anda yang jujur tetap bermakna."
    ),
    promise="Saya akan memaklumkan kepada anda sebaik sahaja saya tahu hasilnya.",
    out={
        "published": "Kini ia telah diterbitkan.",
        "recorded": "Rakamannya kini sudah tersedia.",
        "released": "Apa yang anda cuba dan beri maklum balas kini telah dilancarkan.",
        "posted": "Kini ia telah disiarkan dan boleh dibaca.",
    },
    seen_at="Anda boleh melihatnya di sini: {url}",
)
