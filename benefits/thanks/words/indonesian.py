"""Letters of thanks in Indonesian."""

from benefits.thanks.words.phrases import Phrases

INDONESIAN = Phrases(
    done={
        "short_reference_call": "percakapan referensi singkat",
        "reference_call": "percakapan referensi",
        "executive_reference_call": "percakapan referensi tingkat pimpinan",
        "testimonial": "testimoni Anda",
        "video_testimonial": "testimoni video Anda",
        "review": "ulasan Anda",
        "case_study": "kisah Anda untuk studi kasus",
        "referral": "rekomendasi Anda",
        "speaking": "presentasi Anda",
        "customer_panel": "peran Anda dalam diskusi panel",
        "guest_article": "artikel Anda",
        "site_visit": "kesediaan Anda menerima kunjungan di tempat Anda",
        "reference_list": "kesediaan Anda menjadi referensi",
        "logo_use": "izin Anda menampilkan logo perusahaan",
        "event_attendance": "kehadiran Anda",
        "advisory_board": "kerja Anda di dewan penasihat pelanggan",
        "beta_test": "uji coba versi beta yang Anda lakukan",
        "community_contribution": "kontribusi Anda bagi komunitas",
        "community_leadership": "kepemimpinan Anda di komunitas",
        "product_feedback": "masukan Anda tentang produk kami",
        "social_share": "kesediaan Anda membagikan kabar kami",
        "survey": "jawaban Anda atas survei kami",
        "co_marketing": "kampanye yang kita buat bersama",
    },
    other="“{name}”",
    joints={
        "short_reference_call": "dengan",
        "reference_call": "dengan",
        "executive_reference_call": "dengan",
        "site_visit": "dari",
        "review": "di",
        "referral": "untuk",
        "speaking": "di",
        "customer_panel": "di",
        "event_attendance": "di",
        "guest_article": "untuk",
        "reference_list": "bagi",
    },
    minutes="{count} menit",
    hours="{count} jam",
    won="Sejak itu mereka memutuskan untuk memilih kami, dan Anda ikut berperan di dalamnya.",
    won_whom="Sejak itu {whom} memutuskan untuk memilih kami, dan Anda ikut berperan di dalamnya.",
    lost=(
        "Pada akhirnya mereka memilih jalan lain, karena alasan yang tidak ada hubungannya dengan"
        " Anda. Kata-kata Anda yang jujur tetap berarti."
    ),
    promise="Saya akan mengabari Anda begitu saya tahu hasilnya.",
    out={
        "published": "Sekarang sudah dipublikasikan.",
        "recorded": "Rekamannya sekarang sudah tersedia.",
        "released": "Apa yang Anda coba dan beri masukan sekarang sudah dirilis.",
        "posted": "Sekarang sudah tayang dan dapat dibaca.",
    },
    seen_at="Anda dapat melihatnya di sini: {url}",
)
